/** Vision models scale larger pictures down to about this anyway. */
const LONG_SIDE_PX = 1024;

/** The size a picture is sent in: its own, or with the longer side `longest` px. */
export function fitted(
  width: number,
  height: number,
  longest = LONG_SIDE_PX,
): { readonly width: number; readonly height: number } {
  const factor = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}
