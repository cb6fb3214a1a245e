// A service worker serves pages of its own folder and below: this one stands at the root, and the script anywhere.
importScripts('/embed/kiosk-shell.js');
