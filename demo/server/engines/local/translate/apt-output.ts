/** What apt-get prints, read. */

export interface SimulatedPackage {
  readonly name: string;
  readonly version: string;
  /** An older version is there already. */
  readonly installed: boolean;
}

export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly file: string;
  readonly bytes: number;
  /** As apt names it, e.g. `SHA256:…`; empty when it does not say. */
  readonly hash: string;
}

/** `apt-get -s install`: lines `Inst name [installed] (version …)`. */
export function parseSimulation(text: string): readonly SimulatedPackage[] {
  return [...text.matchAll(/^Inst (\S+) (\[[^\]]*\] )?\((\S+)/gm)].map(([, name = '', installed, version = '']) => ({
    name,
    version,
    installed: installed !== undefined,
  }));
}

/** `apt-get download --print-uris`: lines `'uri' file bytes hash`; a file is `name_version_machine.deb`, its colons as `%3a`. */
export function parseUris(text: string): readonly DebianPackage[] {
  return [...text.matchAll(/^'[^']+' (\S+\.deb) (\d+) ?(\S*)$/gm)].map(([, file = '', bytes = '0', hash = '']) => {
    const [name = '', version = ''] = file.split('_');
    return { name, version: decodeURIComponent(version), file, bytes: Number(bytes), hash };
  });
}
