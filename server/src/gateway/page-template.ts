import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { escapeHtml } from '../kit/escape-html.ts'

/** What a page has of its own; the rest is the build's. */
export interface PageParts {
  title: string | undefined
  /** Tags that go into the head. */
  head: string
  /** What stands in `#root` until the app takes over: HTML. */
  body: string | undefined
  /** What the app takes over with: a block of data. */
  given: string
}

/** `index.html` of a build, to be filled. */
export interface PageTemplate {
  plain: string
  fill(parts: PageParts): string
}

const BODY = /(<div id="root">)[\s\S]*?(<\/div>\s*<noscript>)[^<]*/
const SCRIPTLESS = 'To like, to comment or to follow, Tintype needs JavaScript.'
const SCRIPT = /<script type="module"[^>]* src="([^"]+)"><\/script>\s*/
const CODE = /<link rel="modulepreload"[^>]* href="([^"]+)">\s*/g

/** Cuts the page where something of its own goes. Functions, not strings, as a `$` in a caption is to stay one. */
function templateOf(plain: string): PageTemplate {
  const drawn = startedAfterPaint(plain)
  return {
    plain,
    fill({ title, head, body, given }) {
      let html = body === undefined ? plain : drawn
      if (title !== undefined)
        html = html.replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(title)}</title>`)
      if (head.includes('name="description"')) html = html.replace(/\s*<meta name="description"[^>]*>/, '')
      html = html.replace('</head>', () => `${head}</head>`)
      if (body === undefined) return html
      return html
        .replace(BODY, (_, before: string, after: string) => before + body + after + SCRIPTLESS)
        .replace('</body>', () => `${given}</body>`)
    },
  }
}

/** Text and picture first: the app's code comes after them, brought by `start.js`. */
function startedAfterPaint(plain: string): string {
  const app = SCRIPT.exec(plain)?.[1]
  if (app === undefined) return plain
  const code = [...plain.matchAll(CODE)].map(([, href]) => href)
  const start = `<script src="/start.js" data-code="${[...code, app].join(' ')}"></script>`
  return plain.replace(SCRIPT, '').replaceAll(CODE, '').replace('</head>', `${start}</head>`)
}

/** The build's page, read again when the file has changed (a new build under a running server). */
export function pageTemplate(dir: string): () => Promise<PageTemplate> {
  const file = join(dir, 'index.html')
  let known: { mtimeMs: number; template: PageTemplate } | undefined
  return async () => {
    const { mtimeMs } = await stat(file)
    if (known?.mtimeMs !== mtimeMs) known = { mtimeMs, template: templateOf(await readFile(file, 'utf8')) }
    return known.template
  }
}
