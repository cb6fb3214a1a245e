import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** The environment, validated once into one typed configuration; every name stands in the README's table. */

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );

const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .default('')
  .transform((text) => text === '1' || text === 'true');

const optional = z.string().trim().min(1).optional().catch(undefined);

const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/]{4,}={0,2}$/.test(text) && text.length % 4 === 0;

const role = (name: string) => ({
  [`${name}_BASE_URL`]: z.url().optional(),
  [`${name}_API_KEY`]: optional,
  [`${name}_MODEL`]: optional,
});

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url().optional(),
  DATA_DIR: z.string().min(1).default('.viva-voce'),
  MODELS_DIR: z
    .string()
    .min(1)
    .default(join(homedir(), '.cache', 'viva-voce')),
  GATEWAY_API_KEY: optional,
  ALLOWED_ORIGINS: list,
  ALLOW_PRIVATE_URLS: flag,
  AUTH_HOOK_URL: z.url().optional(),
  KNOWLEDGE: list,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  OPENAI_API_KEY: optional,
  OPENAI_BASE_URL: z.url().default('https://api.openai.com/v1'),
  /** Seconds; the protocol's own limit is 3600. */
  SESSION_SECONDS: z.coerce.number().int().min(5).max(86400).default(3600),
  MAX_SESSIONS: z.coerce.number().int().min(1).max(10000).default(32),
  /** Requests and connections a minute from one address. */
  RATE_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(600),
  RTVT_PID: z.coerce.number().int().min(1).max(4_294_967_295).default(81700001),
  RTVT_SECRET: optional.refine((secret) => secret === undefined || isBase64(secret), 'must be base64'),
  RTVT_TCP_PORT: z.union([z.literal('').transform(() => undefined), z.coerce.number().int().min(0).max(65535)]).optional(),
  /** Seconds that a signed login stays good. */
  RTVT_TOKEN_SECONDS: z.coerce.number().int().min(10).max(604_800).default(3600),
  RTVT_MAX_STREAMS: z.coerce.number().int().min(1).max(10_000).default(64),
  /** `postgres://…`; empty = the embedded one in `DATA_DIR`. */
  DATABASE_URL: z.union([z.literal('').transform(() => undefined), z.url({ protocol: /^postgres(ql)?$/ })]).optional(),
  /** Where encoders publish; empty = nowhere, 0 = any free one. */
  RTMP_PORT: z.union([z.literal('').transform(() => undefined), z.coerce.number().int().min(0).max(65535)]).optional(),
  /** What webhooks are signed with; empty = the one kept in `DATA_DIR`, made at the first start. */
  WEBHOOK_SECRET: optional,
  /** GiB that recordings may take; the oldest are dropped first. */
  RECORDINGS_GIB: z.coerce.number().positive().max(100_000).default(20),
  /** Read by `ensureFfmpeg`; empty = the system's, or one that is installed or fetched. */
  FFMPEG_PATH: optional,
  /** Streams that are taken in at once. */
  MAX_STREAMS: z.coerce.number().int().min(1).max(1000).default(16),
  /** Where livestream clients of old look for it (their default is 7657), beside the main port; empty = nowhere, 0 = any free one. */
  LIVESTREAM_PORT: z.union([z.literal('').transform(() => undefined), z.coerce.number().int().min(0).max(65535)]).optional(),
  /** `http://127.0.0.1:8080`: bililive-go watches and records; empty = this gateway itself does. */
  BILILIVE_URL: z.union([z.literal('').transform(() => undefined), z.url({ protocol: /^https?$/ })]).optional(),
  /** Tasks can be changed by whoever made them alone. */
  LIVESTREAM_OWN_TASKS: flag,
  /** Seconds that a livestream token stays good. */
  LIVESTREAM_TOKEN_SECONDS: z.coerce.number().int().min(10).max(86_400).default(3600),
  /** Seconds without a picture after which a broadcast is over. */
  LIVESTREAM_QUIET_SECONDS: z.coerce.number().int().min(1).max(3600).default(30),
  /** Who hears Spanish here; Moonshine's weights are under a licence that restricts commercial use. */
  HEAR_SPANISH: z.enum(['vosk', 'moonshine']).default('vosk'),
  ...role('HEAR'),
  ...role('TRANSLATE'),
  ...role('SPEAK'),
  ...role('ANSWER'),
  ...role('SEE'),
});

/** Where an OpenAI-compatible server plays one role. */
export interface Remote {
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly model: string | null;
}

/** How RTVT is served. */
export interface RtvtConfig {
  /** Project id that clients log in with. */
  readonly pid: number;
  /** Base64; null = the one kept in `dataDir`, made at the first start. */
  readonly secret: string | null;
  /** Port for the SDKs that speak raw TCP; null = none, 0 = any free one. */
  readonly tcpPort: number | null;
  /** How long a signed login stays good, s. */
  readonly tokenSeconds: number;
  /** Streams of all connections together. */
  readonly maxStreams: number;
}

/** How streams are taken in and kept. */
export interface StreamsConfig {
  /** Null = the embedded database. */
  readonly databaseUrl: string | null;
  /** Port where encoders publish by RTMP; null = none, 0 = any free one. */
  readonly rtmpPort: number | null;
  /** Null = the one kept in `dataDir`, made at the first start. */
  readonly webhookSecret: string | null;
  /** Bytes that recordings may take together. */
  readonly recordingBytes: number;
  /** Taken in at once. */
  readonly maxStreams: number;
}

/** How livestream tasks are served. */
export interface LivestreamConfig {
  /** Null = on the main port alone; 0 = any free one. */
  readonly port: number | null;
  /** Null = recorded here. */
  readonly bililiveUrl: string | null;
  readonly ownTasksOnly: boolean;
  /** How long a token stays good, s. */
  readonly tokenSeconds: number;
  /** Without a picture, after which a broadcast is over, s. */
  readonly quietSeconds: number;
}

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | null;
  readonly dataDir: string;
  readonly modelsDir: string;
  readonly gatewayApiKey: string | null;
  readonly allowedOrigins: readonly string[];
  readonly allowPrivateUrls: boolean;
  readonly authHookUrl: string | null;
  readonly knowledge: readonly string[];
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly openai: { readonly apiKey: string | null; readonly baseUrl: string };
  readonly sessionSeconds: number;
  readonly maxSessions: number;
  /** Requests and connections a minute from one address. */
  readonly ratePerMinute: number;
  readonly rtvt: RtvtConfig;
  readonly streams: StreamsConfig;
  readonly livestream: LivestreamConfig;
  /** Who hears Spanish where the embedded engine hears. */
  readonly hearSpanish: 'vosk' | 'moonshine';
  /** Null = the embedded engine. */
  readonly roles: Readonly<Record<'hear' | 'translate' | 'speak' | 'answer' | 'see', Remote | null>>;
}

/** Reads and checks the environment. Throws one Error that names every wrong variable. `defaultPort`: 5173 for the site, 8787 alone. */
export function readConfig(env: NodeJS.ProcessEnv, defaultPort: number): Config {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not usable. ${faults.join('; ')}`);
  }
  const values = parsed.data;
  const everywhere = given(env['OPENAI_API_KEY']) !== null || given(env['OPENAI_BASE_URL']) !== null;
  const remote = (name: 'HEAR' | 'TRANSLATE' | 'SPEAK' | 'ANSWER' | 'SEE'): Remote | null => {
    const own = given(env[`${name}_BASE_URL`]);
    const key = given(env[`${name}_API_KEY`]);
    const model = given(env[`${name}_MODEL`]);
    // The general key is for the general server: another one never gets to see it.
    if (own !== null) return { baseUrl: own, apiKey: key, model };
    if (!everywhere && key === null) return null;
    return { baseUrl: values.OPENAI_BASE_URL, apiKey: key ?? values.OPENAI_API_KEY ?? null, model };
  };
  return {
    port: values.PORT ?? defaultPort,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? null,
    dataDir: resolve(values.DATA_DIR),
    modelsDir: resolve(values.MODELS_DIR),
    gatewayApiKey: values.GATEWAY_API_KEY ?? null,
    allowedOrigins: values.ALLOWED_ORIGINS,
    allowPrivateUrls: values.ALLOW_PRIVATE_URLS,
    authHookUrl: values.AUTH_HOOK_URL ?? null,
    knowledge: values.KNOWLEDGE,
    logLevel: values.LOG_LEVEL,
    openai: { apiKey: values.OPENAI_API_KEY ?? null, baseUrl: values.OPENAI_BASE_URL },
    sessionSeconds: values.SESSION_SECONDS,
    maxSessions: values.MAX_SESSIONS,
    ratePerMinute: values.RATE_PER_MINUTE,
    rtvt: {
      pid: values.RTVT_PID,
      secret: values.RTVT_SECRET ?? null,
      tcpPort: values.RTVT_TCP_PORT ?? null,
      tokenSeconds: values.RTVT_TOKEN_SECONDS,
      maxStreams: values.RTVT_MAX_STREAMS,
    },
    streams: {
      databaseUrl: values.DATABASE_URL ?? null,
      rtmpPort: values.RTMP_PORT ?? null,
      webhookSecret: values.WEBHOOK_SECRET ?? null,
      recordingBytes: values.RECORDINGS_GIB * 2 ** 30,
      maxStreams: values.MAX_STREAMS,
    },
    livestream: {
      port: values.LIVESTREAM_PORT ?? null,
      bililiveUrl: values.BILILIVE_URL?.replace(/\/$/, '') ?? null,
      ownTasksOnly: values.LIVESTREAM_OWN_TASKS,
      tokenSeconds: values.LIVESTREAM_TOKEN_SECONDS,
      quietSeconds: values.LIVESTREAM_QUIET_SECONDS,
    },
    hearSpanish: values.HEAR_SPANISH,
    roles: {
      hear: remote('HEAR'),
      translate: remote('TRANSLATE'),
      speak: remote('SPEAK'),
      answer: remote('ANSWER'),
      see: remote('SEE'),
    },
  };
}

/** An empty variable is an absent one. */
const given = (value: string | undefined): string | null => (value === undefined || value.trim() === '' ? null : value.trim());
