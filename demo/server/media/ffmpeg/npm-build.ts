import type { WeightPackage } from '../../engines/weights-table.ts';

/**
 * ffmpeg inside of an npm tarball, for machines that have none and where nothing can be installed. Built in 2018 and GPL-3: a program of
 * its own, never part of what npm installs here.
 */
export function npmFfmpeg(platform: NodeJS.Platform, arch: string): WeightPackage | null {
  if (platform !== 'linux' || arch !== 'x64') return null;
  return {
    id: 'ffmpeg-4.1.0',
    spec: '@ffmpeg-installer/linux-x64@4.1.0',
    integrity: 'sha512-Y5BWhGLU/WpQjOArNIgXD3z5mxxdV8c41C+U15nsE5yF8tVcdCGet5zPs5Zy3Ta6bU7haGpIzryutqCGQA/W8A==',
    bytes: 25_000_000,
    files: { 'package/ffmpeg': 'ffmpeg' },
  };
}
