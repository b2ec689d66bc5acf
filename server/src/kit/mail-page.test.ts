import { expect, test } from 'vitest'
import { mailPage } from './mail-page.ts'

const parts = {
  name: 'Tom & <b>Co</b>',
  url: 'https://photos.example.org',
  title: 'A "quoted" title',
  lines: ['<script>alert(1)</script>'],
  action: { label: 'Go', url: 'https://photos.example.org/reset?token=a"b' },
  rows: [
    {
      text: 'ana liked <it>',
      url: 'https://photos.example.org/p/1',
      picture: { src: 'cid:1.jpg', alt: 'A "mill"' },
    },
  ],
  notes: [
    { text: 'No more of these', url: 'https://photos.example.org/unsubscribe?token=x' },
    { text: 'Bye' },
  ],
}

test('what people wrote is text in the page, whatever it looks like', () => {
  const { html } = mailPage(parts)
  expect(html).not.toContain('<script')
  expect(html).not.toContain('<b>')
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(html).toContain('href="https://photos.example.org/reset?token=a&quot;b"')
  expect(html).toContain('alt="A &quot;mill&quot;"')
  expect(html).toContain('src="cid:1.jpg"')
})

test('the plain text has every link of the page', () => {
  const { text, html } = mailPage(parts)
  for (const url of ['https://photos.example.org/p/1', 'https://photos.example.org/unsubscribe?token=x'])
    for (const body of [text, html]) expect(body).toContain(url)
  expect(text).toContain('Go:\nhttps://photos.example.org/reset?token=a"b')
  expect(text).toContain('- ana liked <it>')
})
