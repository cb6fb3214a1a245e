/** The part of `sherpa-onnx-node` 1.13 that is used here; the package carries no types. Samples are mono floats −1…1. */

declare module 'sherpa-onnx-node' {
  export class OfflineRecognizer {
    constructor(config: {
      readonly featConfig: { readonly sampleRate: number; readonly featureDim: number };
      readonly modelConfig: {
        readonly moonshine: { readonly encoder: string; readonly mergedDecoder: string };
        readonly tokens: string;
        readonly numThreads: number;
        readonly provider: 'cpu';
        readonly debug: 0 | 1;
      };
    });
    createStream(): OfflineStream;
    /** Off the event loop; several at once are allowed. */
    decodeAsync(stream: OfflineStream): Promise<{ readonly text: string; readonly tokens: readonly string[] }>;
  }

  export class OfflineStream {
    acceptWaveform(wave: { readonly sampleRate: number; readonly samples: Float32Array }): void;
  }

  export class OfflineTts {
    constructor(config: {
      readonly model: {
        readonly vits: {
          readonly model: string;
          readonly tokens: string;
          readonly dataDir: string;
          readonly noiseScale: number;
          readonly noiseScaleW: number;
          readonly lengthScale: number;
        };
        readonly numThreads: number;
        readonly provider: 'cpu';
        readonly debug: 0 | 1;
      };
      /** Sentences in one run of the network. */
      readonly maxNumSentences: number;
      /** Of the pauses that the voice makes, 1 = as they are. */
      readonly silenceScale?: number;
    });
    readonly sampleRate: number;
    readonly numSpeakers: number;
    /** Off the event loop. `enableExternalBuffer: false` copies the samples into JavaScript's own memory. */
    generateAsync(request: {
      readonly text: string;
      readonly sid: number;
      readonly speed: number;
      readonly enableExternalBuffer?: boolean;
    }): Promise<{ readonly samples: Float32Array; readonly sampleRate: number }>;
  }
}
