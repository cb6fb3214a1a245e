import type { OperatorFunction } from 'rxjs';
import type { Downlink, Uplink } from '../shared/wire.ts';

/**
 * A wire protocol: subscribing connects, unsubscribing hangs up, an error is an `AssistantError`. It completes only when the server
 * ends the session on purpose.
 */
export type Protocol = OperatorFunction<Uplink, Downlink>;
