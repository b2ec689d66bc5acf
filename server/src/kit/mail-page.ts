import { escapeHtml as safe } from './escape-html.ts'

/** What a mail says; it is written once as plain text and once as a page. */
export interface MailParts {
  /** Of the community; links lead there. */
  name: string
  url: string
  title: string
  lines: readonly string[]
  action?: { label: string; url: string }
  /** Pictures with what they are about. */
  rows?: readonly MailRow[]
  /** In small print below, each maybe with a link of its own. */
  notes: readonly { text: string; url?: string }[]
}

export interface MailRow {
  text: string
  url: string
  /** `cid:` of a picture that comes along. */
  picture?: { src: string; alt: string }
}

export function mailPage(parts: MailParts): { text: string; html: string } {
  return { text: plainText(parts), html: page(parts) }
}

function plainText({ name, url, title, lines, action, rows = [], notes }: MailParts): string {
  const blocks = [
    title,
    ...lines,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...rows.map((row) => `- ${row.text}\n  ${row.url}`),
    `--\n${name}\n${url}`,
    ...notes.map((note) => (note.url ? `${note.text}\n${note.url}` : note.text)),
  ]
  return `${blocks.join('\n\n')}\n`
}

/** Mail programs know neither style sheets nor grids, so everything stands where it is used; colours of both themes are theirs. */
function page({ name, url, title, lines, action, rows = [], notes }: MailParts): string {
  const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif"
  const paragraph = (text: string, style = '') =>
    `<p style="margin:0 0 16px;font-size:16px;line-height:24px;${style}">${text}</p>`
  const link = (to: string, text: string, style: string) =>
    `<a href="${safe(to)}" style="${style}">${safe(text)}</a>`
  const button = action
    ? paragraph(
        link(
          action.url,
          action.label,
          'display:inline-block;padding:12px 20px;border-radius:8px;background:#c3272b;color:#ffffff;font-weight:600;text-decoration:none',
        ),
      )
    : ''
  const small = 'font-size:13px;line-height:20px;color:#6f6862'
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">`,
    `<meta name="viewport" content="width=device-width"><title>${safe(title)}</title></head>`,
    `<body style="margin:0;padding:24px;${font}"><div style="max-width:560px;margin:0 auto">`,
    paragraph(link(url, name, 'color:inherit;font-weight:600;text-decoration:none')),
    `<h1 style="margin:0 0 16px;font-size:24px;line-height:32px">${safe(title)}</h1>`,
    ...lines.map((line) => paragraph(safe(line))),
    button,
    ...rows.map(rowOf),
    ...notes.map((note) => paragraph(note.url ? link(note.url, note.text, small) : safe(note.text), small)),
    '</div></body></html>',
  ].join('\n')
}

function rowOf({ text, url, picture }: MailRow): string {
  const image = picture
    ? `<td style="width:88px;padding:0 16px 16px 0"><a href="${safe(url)}"><img src="${safe(picture.src)}" alt="${safe(picture.alt)}" width="72" height="72" style="display:block;width:72px;height:72px;object-fit:cover;border-radius:4px"></a></td>`
    : ''
  return `<table role="presentation" cellspacing="0" cellpadding="0"><tr>${image}<td style="padding:0 0 16px;font-size:16px;line-height:24px"><a href="${safe(url)}" style="color:inherit">${safe(text)}</a></td></tr></table>`
}
