import { TintypeError } from '@tintype/contract'

/** Throws `not_found` for what can be no object's key. */
export function checkKey(key: string): string {
  if (!/^[A-Za-z0-9/._-]{1,200}$/.test(key)) throw new TintypeError('not_found')
  return key
}

/** Only these may show in a browser tab; everything else is saved. None of them can carry a script. */
const SHOWABLE = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif'])

export const isShowable = (contentType: string): boolean => SHOWABLE.has(contentType)

/** RFC 6266; the plain name for old clients, the UTF-8 one for the rest. */
export function disposition(filename: string | undefined, showable: boolean): string {
  if (filename === undefined) return showable ? 'inline' : 'attachment'
  const plain = filename.replace(/[^\w.-]/g, '_')
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(filename)}`
}
