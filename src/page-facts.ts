/** What a support ticket should know of the page: nothing secret, nothing said. */
export async function pageFacts(): Promise<Readonly<Record<string, unknown>>> {
  const permission = async (name: string): Promise<string> => {
    try {
      return (await navigator.permissions.query({ name: name as PermissionName })).state;
    } catch {
      return 'not told';
    }
  };
  return {
    secure: isSecureContext,
    online: navigator.onLine,
    visible: document.visibilityState,
    framed: self !== top,
    language: navigator.language,
    browser: navigator.userAgent,
    microphone: await permission('microphone'),
    camera: await permission('camera'),
    audio: { worklet: 'AudioWorkletNode' in globalThis, sinkId: 'setSinkId' in AudioContext.prototype },
  };
}
