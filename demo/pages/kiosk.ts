export {};

/** Lets an integrator try a kiosk by its address: `?presence=touch+voice&idle-timeout-ms=15000`. */

const kiosk = document.querySelector('viva-voce');
for (const [name, value] of new URLSearchParams(location.search)) {
  if (/^[a-z][a-z-]*$/.test(name) && name !== 'endpoint' && !name.endsWith('-url')) kiosk?.setAttribute(name, value);
}
