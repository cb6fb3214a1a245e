/** Counts what the policy of the page forbids, where a person can see it. */

let count = 0;
document.addEventListener('securitypolicyviolation', () => {
  count += 1;
  const output = document.querySelector('#violations');
  if (output !== null) output.textContent = String(count);
});
