import { type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let system: TestSystem
let ana: Person
let ben: Person
beforeAll(async () => {
  system = await startSystem()
  ;[ana, ben] = await system.people('ana', 'ben')
})
afterAll(() => system[Symbol.asyncDispose]())

const statusOf = async (url: string) => (await fetch(new URL(url, system.baseUrl))).status

async function linkOf(person: Person) {
  const post = await person.share({ photos: [await photo(3)] })
  await system.settle()
  const [picture] = (await person.post(post.post_id)).media
  if (!picture) throw new Error('no picture')
  const { media_id } = picture
  const { url } = await person.api.media.original({ params: { media_id } })
  return { post, media_id, url }
}

describe('the link to an original', () => {
  it('is good as often as it is used, for five minutes', async () => {
    const { url } = await linkOf(ana)
    const answer = await fetch(new URL(url, system.baseUrl))
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'private, no-store',
      'content-type': 'image/jpeg',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    expect(await statusOf(url)).toBe(200)
    system.clock.advance(301_000)
    expect(await statusOf(url)).toBe(404)
  })

  it('ends with its post, in the same moment', async () => {
    const { post, url } = await linkOf(ana)
    expect(await statusOf(url)).toBe(200)
    await ana.delete(post)
    expect(await statusOf(url)).toBe(404)
    await system.settle()
    expect(await statusOf(url)).toBe(404)
  })

  it('ends with the account', async () => {
    const [cas] = await system.people('cas')
    const { url } = await linkOf(cas)
    await cas.leave()
    expect(await statusOf(url)).toBe(404)
  })

  it('outlasts that its owner goes private: it is theirs', async () => {
    const { url } = await linkOf(ben)
    await ben.goPrivate()
    expect(await statusOf(url)).toBe(200)
  })

  it.each([
    ['another picture', (url: string) => url.replace(/media\/.{8}/, 'media/01944000')],
    ['a later end', (url: string) => url.replace(/e=\d/, 'e=9')],
    ['no end', (url: string) => url.replace(/&e=\d+/, '')],
    ['no right', (url: string) => url.replace(/k=[^&]+&/, '')],
    ['another right', (url: string) => url.replace(/k=.{22}/, `k=${'A'.repeat(22)}`)],
    ['a right twice', (url: string) => `${url}&k=${'A'.repeat(22)}`],
  ])('with %s is as if it did not exist', async (_, change) => {
    const { url } = await linkOf(ben)
    expect(await statusOf(change(url))).toBe(404)
  })

  it('is not one with the link to a rendition', async () => {
    await ana.logIn()
    const { post, media_id } = await linkOf(ana)
    const [picture] = (await ana.post(post.post_id)).media
    const right = new URL(picture?.url ?? '', system.baseUrl).search
    expect(await statusOf(`/media/${media_id}/original${right}`)).toBe(404)
  })
})
