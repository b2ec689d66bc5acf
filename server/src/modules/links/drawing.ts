import { createHash } from 'node:crypto'
import { type Media, stillUrl } from '@tintype/contract'
import { escapeHtml } from '../../kit/escape-html.ts'
import type { Opened } from './opening.ts'

/** The colours and measures of the web app; this page loads nothing of it. */
const style = `:root{color-scheme:light dark;font:16px/1.5 "Figtree Variable",system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
--bg:light-dark(oklch(98.6% .004 75),oklch(16% .006 60));--raised:light-dark(#fff,oklch(20% .007 60));--sunken:light-dark(oklch(96% .006 75),oklch(13% .005 60));
--text:light-dark(oklch(22% .01 60),oklch(95% .005 75));--muted:light-dark(oklch(50% .01 60),oklch(68% .008 75));--hairline:light-dark(oklch(90% .006 75),oklch(29% .008 60));
--field-line:light-dark(oklch(84% .008 75),oklch(36% .008 60));--accent:light-dark(oklch(51% .2 25),oklch(71% .18 25));--on-accent:light-dark(#fff,oklch(16% .006 60));--danger:light-dark(oklch(52% .2 25),oklch(70% .18 25))}
*{box-sizing:border-box}
body{margin:0;min-height:100dvh;display:flex;flex-direction:column;background:var(--bg);color:var(--text)}
main{flex:1;display:grid;place-items:center;padding:24px 16px}
footer{padding:16px;text-align:center;color:var(--muted);font-size:13px}
p,h1,ul{margin:0}
:focus-visible{outline:2px solid currentColor;outline-offset:2px}
article{width:min(1080px,100%);background:var(--raised);border:1px solid var(--hairline);border-radius:10px;overflow:hidden}
.pictures{display:flex;overflow-x:auto;scroll-snap-type:x mandatory;background:var(--sunken);padding:0;list-style:none}
.pictures>li{flex:0 0 100%;scroll-snap-align:center;display:grid;place-items:center;position:relative;min-width:0}
.pictures img,.pictures video{display:block;max-width:100%;max-height:min(78dvh,760px);width:auto;height:auto}
.place{position:absolute;inset-block-start:12px;inset-inline-end:12px;padding:3px 10px;border-radius:999px;background:oklch(12% .006 60/.7);color:#fff;font-size:13px}
.words{padding:16px;display:grid;gap:14px;align-content:start;min-width:0}
.head{display:flex;gap:12px;align-items:center;min-width:0}
.head img,.face{width:40px;height:40px;border-radius:50%;background:var(--sunken);flex:none}
.face{display:grid;place-items:center;color:var(--muted);font-weight:650}
.head div{min-width:0}
.name{font-size:16px;font-weight:650;overflow-wrap:anywhere;line-height:1.3}
.muted{color:var(--muted);font-size:13px;overflow-wrap:anywhere}
.caption{white-space:pre-wrap;overflow-wrap:anywhere}
summary{padding:40px 16px;text-align:center;cursor:pointer;background:var(--sunken)}
form,.card{width:min(380px,100%);display:grid;gap:14px;padding:28px;background:var(--raised);border:1px solid var(--hairline);border-radius:10px}
.card{text-align:center}
h1{font-size:20px;line-height:1.3;font-weight:650}
label{font-size:14px;font-weight:500}
input{width:100%;min-height:46px;margin-top:6px;padding:0 14px;font:inherit;color:inherit;background:var(--bg);border:1px solid var(--field-line);border-radius:8px}
button{min-height:46px;font:inherit;font-weight:650;color:var(--on-accent);background:var(--accent);border:0;border-radius:8px;cursor:pointer}
[role=alert]{color:var(--danger);font-size:14px}
@media(min-width:900px){main{padding:40px 32px}article{display:grid;grid-template-columns:minmax(0,1fr) 340px}.words{padding:24px;border-inline-start:1px solid var(--hairline)}.pictures{height:100%}}
@media(max-width:600px){main{padding:0;place-items:start stretch}main:has(form,.card){padding:16px;place-items:center}article{border-width:0 0 1px;border-radius:0}}`
export const styleHash = createHash('sha256').update(style).digest('base64')

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow"><meta name="referrer" content="no-referrer"><title>${escapeHtml(title)}</title>
<link rel="icon" href="/favicon.svg"><style>${style}</style></head><body><main>${body}</main>
<footer>Shown by a private link · Tintype</footer></body></html>`

/** One answer for whatever does not open. */
export const gonePage = (): string =>
  card(
    'This link does not open anything',
    'It has ended, or part of it is missing. Ask who sent it for another.',
  )

export const waitPage = (): string => card('Too many tries', 'Come back in a while.')

const card = (title: string, text: string) =>
  page('Tintype', `<div class="card"><h1>${title}</h1><p class="muted">${text}</p></div>`)

export const passwordPage = (fault?: string): string =>
  page(
    'A private link · Tintype',
    `<form method="post"><h1>This link has a password</h1><p class="muted">Who sent it to you knows it.</p>
<div><label for="password">Password</label><input id="password" name="password" type="password" autocomplete="off" required autofocus${
      fault ? ' aria-invalid="true" aria-describedby="fault"' : ''
    }></div>${fault ? `<p id="fault" role="alert">${escapeHtml(fault)}</p>` : ''}<button>Open</button></form>`,
  )

export function postPage({ author, post, media }: Opened): string {
  const name = author.full_name || author.username
  const face = author.profile_picture
    ? `<img src="${escapeHtml(author.profile_picture)}" alt="" width="40" height="40">`
    : `<span class="face" aria-hidden="true">${escapeHtml([...name][0]?.toUpperCase() ?? '')}</span>`
  const strip = `<ul class="pictures"${media.length > 1 ? ' tabindex="0" aria-label="Pictures"' : ''}>${media
    .map((one, at) => `<li>${shown(one)}${placeOf(at, media.length)}</li>`)
    .join('')}</ul>`
  const pictures = post.sensitive
    ? `<details><summary>This may be upsetting. Show it</summary>${strip}</details>`
    : strip
  const place = post.location ? `<p class="muted">${escapeHtml(post.location.name)}</p>` : ''
  const caption = post.caption ? `<p class="caption">${escapeHtml(post.caption)}</p>` : ''
  return page(
    `A post by ${name}`,
    `<article>${pictures}<div class="words"><div class="head">${face}<div><h1 class="name">${escapeHtml(name)}</h1>
<p class="muted">${escapeHtml(author.username)}</p></div></div>${place}${caption}
<p class="muted"><time datetime="${escapeHtml(post.created_at)}">${dateOf(post.created_at)}</time></p></div></article>`,
  )
}

const placeOf = (at: number, count: number) =>
  count > 1 ? `<span class="place">${at + 1} / ${count}</span>` : ''

function shown(media: Media): string {
  const size = `width="${media.width}" height="${media.height}"`
  if (media.type === 'video')
    return `<video controls playsinline preload="metadata" src="${escapeHtml(media.url)}" poster="${escapeHtml(media.poster)}" aria-label="${escapeHtml(media.alt_text || 'Video')}" ${size}></video>`
  const widths = media.variants.filter(({ content_type }) => content_type === 'image/webp')
  const srcset = widths.map(({ url, width }) => `${url} ${width}w`).join(', ')
  return `<img src="${escapeHtml(stillUrl(media))}" srcset="${escapeHtml(srcset)}" sizes="(min-width: 900px) 740px, 100vw" alt="${escapeHtml(media.alt_text)}" ${size}>`
}

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' })
const dateOf = (at: string): string => dates.format(new Date(at))
