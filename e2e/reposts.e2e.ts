import { photo } from '@tintype/testkit'
import { describe, expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { postBy } from './pages/post.ts'
import { quiet } from './rest.ts'
import { openStage, type Size } from './stage.ts'

const stage = openStage()

describe.each<Size>(['desktop', 'phone'])('on a %s', (size) => {
  it('a post is passed on from its menu, stands in a follower’s feed with who shared it, and is taken back', async () => {
    const [ana, ben, cleo] = await stage.system.people(`ana_${size}`, `ben_${size}`, `cleo_${size}`)
    await cleo.follow(ben)
    const { post_id } = await ana.share({ photos: [await photo(7)] })
    await stage.settle()
    const page = await stage.visit({ as: ben, size })
    await page.goto(`/p/${post_id}`)
    await page.getByRole('button', { name: 'Options for this post' }).click()
    await page.getByRole('button', { name: 'Repost to followers' }).click()
    await page.getByText('Your followers see it in their home feed').waitFor()
    await stage.settle()

    const feed = await stage.visit({ as: cleo, size })
    await postBy(feed, ana.username).waitFor()
    await feed.getByRole('link', { name: `Shared by ${ben.username}` }).waitFor()
    await quiet(feed)
    expect(await barriers(feed, `${size}: shared`)).toEqual([])
    await feed.getByRole('link', { name: `Shared by ${ben.username}` }).click()
    await feed.getByRole('tab', { name: 'Reposts' }).click()
    await feed
      .getByRole('list', { name: `Reposts by ${ben.username}` })
      .getByRole('link')
      .waitFor()
    await quiet(feed)
    expect(await barriers(feed, `${size}: reposts`)).toEqual([])

    await page.getByRole('button', { name: 'Options for this post' }).click()
    await page.getByRole('button', { name: 'Undo repost' }).click()
    await page.getByText('Repost taken back').waitFor()
    await feed.goto('/')
    await feed.getByText('Your wall is waiting').waitFor()
  })
})
