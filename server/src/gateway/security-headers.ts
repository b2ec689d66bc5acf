/**
 * Headers of every reply. Replies that are not pages (JSON, pictures) may load nothing at all; the web app and the API docs
 * replace the policy by their own.
 */
export function baseHeaders(options: { https: boolean }): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    ...(options.https ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

/** What the web app may load. `mediaOrigins`: object store or CDN that pictures and uploads go to. */
export function pagePolicy(mediaOrigins: readonly string[] = []): Record<string, string> {
  const media = ["'self'", ...mediaOrigins].join(' ')
  return {
    'content-security-policy': [
      "default-src 'self'",
      "script-src 'self'",
      // Dialogs lock scrolling with a style element; a style cannot run anything.
      "style-src 'self' 'unsafe-inline'",
      `img-src ${media} data: blob:`,
      `media-src ${media} blob:`,
      `connect-src ${media}`,
      "worker-src 'self' blob:",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(self), microphone=(self), geolocation=(self), payment=(), usb=()',
  }
}

/** Scalar writes its settings into an inline script and styles into the page; nothing of it comes from elsewhere. */
export const docsPolicy = {
  'content-security-policy': [
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
}
