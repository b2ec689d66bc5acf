import { Person, photo, startSystem, type TestSystem, webApp } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem({ env: { WEB_DIR: process.env.WEB_DIR ?? (await webApp()), COMPRESSION: 'on' } })
}, 300_000)
afterAll(() => system[Symbol.asyncDispose]())

const PHONE = { 'sec-ch-ua-mobile': '?1' }

interface Page {
  status: number
  html: string
  headers: Headers
}

/** A page as it comes over the line, before any script. */
async function open(path: string, as?: Person, headers: Record<string, string> = PHONE): Promise<Page> {
  const cookie = as ? { cookie: `tintype_access=${as.session.access_token}` } : {}
  const reply = await fetch(system.baseUrl + path, { headers: { ...headers, ...cookie }, redirect: 'manual' })
  return { status: reply.status, html: await reply.text(), headers: reply.headers }
}
const titleOf = ({ html }: Page) => /<title>([^<]*)</.exec(html)?.[1]
/** Without what differs from one request to the next. */
const plainly = ({ html }: Page) => html.replace(/"request_id":"[^"]*"|"now":\d+/g, '')
const bodyOf = ({ html }: Page) => html.slice(html.indexOf('<div id="root">'), html.indexOf('<noscript>'))

async function poster(name: string, caption: string) {
  const [person] = await system.people(name)
  const photos = [await photo(3)]
  const post = await person.share({ caption, alt_texts: ['A boat in the harbour'], photos })
  await system.settle()
  return { person, post, path: `/p/${post.post_id}` }
}

describe('a visitor', () => {
  it('is shown a post with its picture before any script', async () => {
    const { path } = await poster('ana', 'Home at $& last </title></script><script>alert(1)</script>')
    const page = await open(path)
    const body = bodyOf(page)
    expect(page.status).toBe(200)
    expect(body).toContain('Home at $&amp; last &lt;/title&gt;&lt;/script&gt;&lt;script&gt;alert(1)')
    expect(body).toContain('alt="A boat in the harbour"')
    expect(body).toMatch(/<img [^>]*srcSet="[^"]+"[^>]*width="\d+" height="\d+"[^>]*fetchPriority="high"/)
    expect(page.html).toMatch(/<link rel="preload" as="image" fetchpriority="high"[^>]* imagesrcset="\/media/)
    // Of scripts there are files and blocks of data: one for the app, one for whoever searches.
    expect(page.html.match(/<script(?![^>]*(?:src=|application\/(?:ld\+)?json))/g)).toBe(null)
    const [, known] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(page.html) ?? []
    expect(JSON.parse(known ?? '')).toMatchObject({ '@type': 'SocialMediaPosting', author: { name: 'ana' } })
    expect(page.html.match(/<script type="application\/json"/g)).toHaveLength(1)
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
    expect(page.headers.get('cache-control')).toBe('private, no-cache')
    expect(page.headers.get('vary')).toBe('Cookie, Sec-CH-UA-Mobile, User-Agent, Accept-Encoding')
  })

  it('finds what a page is in its head, once', async () => {
    const { path } = await poster('bea', 'Low tide')
    const page = await open(path)
    expect(titleOf(page)).toBe('bea on Tintype: “Low tide” · Tintype')
    expect(page.html.match(/name="description" content="([^"]*)"/g)).toEqual([
      'name="description" content="Low tide"',
    ])
    expect(page.html).toContain(`<link rel="canonical" href="${system.baseUrl}${path}">`)
    expect(page.html).toContain('<meta property="og:image:alt" content="A boat in the harbour">')
    expect(titleOf(await open('/bea'))).toBe('bea (@bea) · Tintype')
    expect((await open('/bea')).html.match(/name="description"/g)).toHaveLength(1)
  })

  it('is shown a profile, a hashtag and explore', async () => {
    await poster('cleo', 'On the #pier')
    for (const path of ['/cleo', '/tags/pier', '/explore'])
      expect(bodyOf(await open(path)), path).toContain('alt="A boat in the harbour"')
  })

  it('is shown the log-in and the sign-up, with their fields', async () => {
    for (const path of ['/', '/login', '/signup']) {
      const page = await open(path)
      expect([page.status, bodyOf(page).includes('type="password"')], path).toEqual([200, true])
    }
    expect(titleOf(await open('/login'))).toBe('Log in · Tintype')
  })

  it('without script sees every picture, and is told what script is for', async () => {
    const { person } = await poster('bob', 'In the shade')
    const { html } = await open('/bob')
    expect(html).toMatch(/<noscript>[^<]*like[^<]*<\/noscript>/)
    const styles = await open(/href="(\/assets\/style[^"]*)"/.exec(html)?.[1] ?? '')
    expect(styles.html).toMatch(/@media \(scripting: ?none\)/)
    expect(person.username).toBe('bob')
  })

  it('is led from a name that was given up to the one its member has now', async () => {
    const { person } = await poster('ole', 'Moved')
    await person.api.members.update({ body: { username: 'ole.new' } })
    const page = await open('/ole/followers?from=card')
    expect([page.status, page.headers.get('location')]).toEqual([302, '/ole.new/followers?from=card'])
    expect(page.headers.get('cache-control')).toBe('private, no-cache')
    expect((await open('/OLE.new')).headers.get('location')).toBe('/ole.new')
    expect((await open('/ole.new')).status).toBe(200)
    const [shut] = await system.people('olga')
    await person.block(shut)
    expect((await open('/ole', shut)).status).toBe(404)
  })

  it('is told of what is not there by the status, too', async () => {
    const gone = '/p/01900000-0000-7000-8000-000000000000'
    for (const path of ['/nobody.here', gone, '/p/what', '/no/such/page']) {
      const page = await open(path)
      expect([page.status, bodyOf(page).includes('<main')], path).toEqual([404, true])
      expect(page.html).not.toContain('og:title')
    }
    expect((await open('/api/v1/nothing')).status).toBe(404)
  })
})

describe('who may not see something', () => {
  it('gets the page of what does not exist', async () => {
    const { person, post, path } = await poster('dora', 'For friends only')
    const [stranger, blocked] = await system.people('edda', 'fay')
    await person.goPrivate()
    await person.block(blocked)
    const never = '01900000-0000-7000-8000-000000000001'
    for (const viewer of [undefined, stranger, blocked]) {
      const hidden = await open(path, viewer)
      const absent = await open(`/p/${never}`, viewer)
      expect(hidden.status).toBe(404)
      expect(plainly(hidden).replaceAll(post.post_id, never)).toBe(plainly(absent))
    }
    expect((await open(path, person)).html).toContain('For friends only')
    expect((await open('/dora', blocked)).status).toBe(404)
    const profile = await open('/dora', stranger)
    expect([profile.status, profile.html.includes('For friends only')]).toEqual([200, false])
  })
})

describe('a member', () => {
  it('finds home there at once, and it stays theirs', async () => {
    const { person } = await poster('gil', 'From far away')
    const [fan] = await system.people('hana')
    await fan.follow(person)
    await system.settle()
    const page = await open('/', fan)
    expect([page.status, bodyOf(page).includes('From far away')]).toEqual([200, true])
    expect(page.headers.get('cache-control')).toBe('private, no-store')
    expect(page.headers.get('content-encoding')).not.toBe(null)
  })

  it('never gets what another one sees, however many ask at once', async () => {
    const [one, two] = [await poster('ida', 'Only idas'), await poster('jon', 'Only jons')]
    await Promise.all([one.person.goPrivate(), two.person.goPrivate()])
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, index) => open('/', [one, two][index % 2]?.person)),
    )
    for (const [index, { html }] of pages.entries())
      expect(html).not.toContain(index % 2 ? 'Only idas' : 'Only jons')
    // On a busy machine some are served without content.
    expect(pages.some(({ html }) => html.includes('Only idas'))).toBe(true)
  })

  it('whose token has run out gets the app, which renews it', async () => {
    const { person } = await poster('kim', 'Later')
    system.clock.advance(2 * 3600 * 1000)
    const page = await open('/', person)
    expect([page.status, page.html.includes('waiting-mark'), page.html.includes('Later')]).toEqual([
      200,
      true,
      false,
    ])
    expect(page.headers.get('cache-control')).toBe('no-cache')
  })

  it('is served nothing of theirs where the service worker takes the page to keep', async () => {
    const { person } = await poster('lea', 'Mine')
    const shell = await open('/index.html', person)
    expect([shell.status, shell.html.includes('id="given"')]).toEqual([200, false])
  })

  it('has addresses that others may choose served uncompressed', async () => {
    const { person } = await poster('mia', 'Packed')
    expect((await open('/tags/chosen', person)).headers.get('content-encoding')).toBe(null)
    expect((await open('/tags/chosen')).headers.get('content-encoding')).not.toBe(null)
  })
})

test('search engines may read what everybody may, and nothing of a closed place', async () => {
  const robots = async () => (await open('/robots.txt')).html
  expect(await robots()).toMatch(/Disallow: \/api\/\n/)
  expect(await robots()).not.toMatch(/Disallow: \/(\n|p\/)/)
  const owner = new Person(system.baseUrl, 'ana')
  await owner.logIn()
  await owner.api.community.update({ body: { registration: 'closed' } })
  expect(await robots()).toBe('User-agent: *\nDisallow: /\n')
  await owner.api.community.update({ body: { registration: 'open' } })
})

test('the icon that browsers ask for by themselves is there', async () => {
  const icon = await fetch(`${system.baseUrl}/favicon.ico`)
  expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/vnd.microsoft.icon'])
})
