import { describe, expect, it } from 'vitest'
import { cleanCaptions, wordsOf } from './vtt.ts'

const invalid = expect.objectContaining({ code: 'captions_invalid' })

describe('captions', () => {
  it('are kept as times and words, and stay as they are when that is all they have', () => {
    const clean = cleanCaptions(
      [
        '\ufeffWEBVTT - by somebody',
        '',
        'STYLE\n::cue { background: url(https://elsewhere.example/) }',
        '',
        'NOTE not for anybody',
        '',
        'one',
        '00:01.000 --> 00:02.500 line:0 position:20% region:x',
        '<v Ana><b>Low</b> <c.loud>tide</c> <script>alert(1)</script>&amp; sea\u202e',
        '- and <unclosed',
        '',
        '',
        '01:00:03.000 --> 01:00:04.000',
        'Ebb → 低潮 ' + '-' + '-> x',
        '',
      ].join('\r\n'),
    )
    expect(clean).toBe(
      'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nLow tide alert(1)&amp; sea\n- and &lt;unclosed\n\n' +
        '01:00:03.000 --> 01:00:04.000\nEbb → 低潮 --&gt; x\n',
    )
    expect(cleanCaptions(clean)).toBe(clean)
    expect(wordsOf(clean)).toContain('Low tide')
    expect(wordsOf(clean)).not.toContain('00:')
  })

  it('say nothing by the number or another name of a sign that is not judged', () => {
    const written = '&#98;ad &#x202e;b&amp;d ba&zwnj;d &copy b&lrm;ad bad&nbsp;&lt;word&gt;'
    const clean = cleanCaptions(`WEBVTT\n\n00:01.000 --> 00:02.000\n${written}`)
    expect(clean).toContain(
      '\n&amp;#98;ad &amp;#x202e;b&amp;d ba&amp;zwnj;d &amp;copy b&lrm;ad bad&nbsp;&lt;word&gt;\n',
    )
    expect(wordsOf(clean)).toContain('\n&#98;ad &#x202e;b&d ba&zwnj;d &copy bad bad <word>')
    expect(cleanCaptions(clean)).toBe(clean)
  })

  it.each([
    ['nothing', ''],
    ['another kind', '1\n00:00:01,000 --> 00:00:02,000\nHello'],
    ['no cue', 'WEBVTT\n\nNOTE nobody speaks'],
    ['a cue without times', 'WEBVTT\n\nHello'],
    ['times that run backwards', 'WEBVTT\n\n00:02.000 --> 00:01.000\nHello'],
    ['too many', `WEBVTT\n\n${'00:01.000 --> 00:02.000\na\n\n'.repeat(5001)}`],
  ])('that are %s are refused', (_, text) => {
    expect(() => cleanCaptions(text)).toThrow(invalid)
  })
})
