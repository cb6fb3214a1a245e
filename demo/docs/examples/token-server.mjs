import { createServer } from 'node:http';

const { API_KEY, UPSTREAM = 'https://api.openai.com', MODEL = 'gpt-realtime', ORIGIN, PORT = '3000' } = process.env;
const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };

const server = createServer(async (request, response) => {
  const say = (status, body) => response.writeHead(status, headers).end(JSON.stringify(body));
  // Ask your own session here, too: whoever gets past this line may talk on your account.
  if (request.method !== 'POST' || request.headers.origin !== ORIGIN) return say(403, { error: 'not from here' });
  try {
    const answer = await fetch(`${UPSTREAM}/v1/realtime/client_secrets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ session: { type: 'realtime', model: MODEL } }),
      signal: AbortSignal.timeout(10_000),
    });
    const { value, expires_at } = await answer.json();
    say(answer.ok ? 200 : 502, answer.ok ? { value, expires_at } : { error: `refused with ${answer.status}` });
  } catch {
    say(502, { error: 'out of reach' });
  }
});
server.listen(Number(PORT), () => console.log(`http://localhost:${server.address().port}`));
