// After the one-time launch: go on from our own page, so that the strict cookie is sent.
location.replace(document.getElementById("on").href);
