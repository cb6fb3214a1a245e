import { describe, expect, it } from 'vitest';
import { readHtmlPage } from '../../../../demo/server/knowledge/html-page.ts';

const page = (body: string, head = '<title>Returns | Shop</title>') =>
  readHtmlPage(`<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`, '/returns.html');

describe('an HTML page', () => {
  it('keeps the main content and leaves out navigation, scripts, forms and the widget', () => {
    const read = page(
      '<nav>Home Shop</nav><a href="#main">Skip to the content</a><main><h1>Returns</h1><p>You have thirty days. Keep the receipt.</p>' +
        '<script>var x = 1;</script><form><label>Mail</label></form><viva-voce>Talk to us</viva-voce></main><footer>All rights.</footer>',
    );
    expect(read.sections.flatMap((section) => section.sentences)).toEqual(['You have thirty days.', 'Keep the receipt.']);
  });

  it('has sections by heading, with the anchor of the heading or of its section', () => {
    const read = page(
      '<main><h1>Returns</h1><section id="cost"><h2>Cost</h2><p>It is free.</p></section><h2 id="time">Time</h2><p>Five days.</p></main>',
    );
    expect(read.sections.map(({ heading, anchor }) => [heading, anchor])).toEqual([
      ['Returns', null],
      ['Cost', 'cost'],
      ['Time', 'time'],
    ]);
  });

  it('turns rows and list items into sentences that can be said', () => {
    const read = page(
      '<main><table><tr><th>Day</th><th>Hours</th></tr><tr><td>Monday</td><td>9 to 5</td></tr></table>' +
        '<table><tr><th>Plan</th><th>Price</th><th>Boxes</th></tr><tr><td>Border</td><td>9 euros</td><td>two</td></tr></table>' +
        '<ul><li>Print the label</li><li>Send it.</li></ul><dl><dt>Postage</dt><dd>Four euros</dd></dl></main>',
    );
    expect(read.sections[0]?.sentences).toEqual([
      'Monday: 9 to 5.',
      'Border: price 9 euros, boxes two.',
      'Print the label.',
      'Send it.',
      'Postage: Four euros.',
    ]);
  });

  it('is cited by its canonical address, else by where it was found', () => {
    expect(page('<main><p>A b.</p></main>', '<title>A</title><link rel="canonical" href="/help/returns">').url).toBe(
      '/help/returns',
    );
    expect(page('<main><p>A b.</p></main>').url).toBe('/returns.html');
  });

  it.each([
    ['Returns | Northwind', '', 'Returns'],
    ['Opening hours – Thistle Row', '', 'Opening hours'],
    ['', 'Contact us', 'Contact us'],
    ['A very long title of a page that nobody would ever want to hear read aloud', 'Delivery', 'Delivery'],
  ])('%s, %s is called %s', (title, heading, expected) => {
    expect(page(`<main><h1>${heading}</h1><p>A b.</p></main>`, `<title>${title}</title>`).title).toBe(expected);
  });
});
