/** What looks alike is one letter: as people read in a hurry, in the fonts of phones. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/[._]/g, ''],
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/0/g, 'o'],
  [/[1i]/g, 'l'],
  [/2/g, 'z'],
  [/3/g, 'e'],
  [/4/g, 'a'],
  [/5/g, 's'],
  [/6/g, 'g'],
  [/7/g, 't'],
  [/8/g, 'b'],
  [/9/g, 'g'],
]

/** What a username looks like: the same for two that are taken for each other. */
export const looksOf = (username: string): string =>
  ALIKE.reduce((text, [letters, letter]) => text.replace(letters, letter), username)

const looks = (words: string) => (words.match(/\S+/g) ?? []).map(looksOf)

/** Who speaks for the community. */
const STAFF = looks('admin administrator moderator owner staff support tintype sysadmin webmaster')
/** What such names have around these words. */
const AROUND = looks(
  'the real true my our your mr ms official team account accounts help desk center centre service services security care crew group page chat mail info online app contact hq',
)
const WHOLE = new RegExp(
  `^(?:${AROUND.join('|')})*(?:${STAFF.join('|')})(?:${[...STAFF, ...AROUND].join('|')})*$`,
)

/** What stands at either end of a name, and says nothing: a year, a number. */
const ENDS = [/^[\d._]+/, /[\d._]+$/] as const

/** Whether a name reads like that of somebody who speaks for the community: `adm1n`, `tintype_support`, `the.real.0wner`, `admin2`. */
export function looksLikeStaff(username: string): boolean {
  const [begin, end] = ENDS
  const shorter = [username.replace(begin, ''), username.replace(end, '')]
  const names = [username, ...shorter, username.replace(begin, '').replace(end, '')]
  return names.some((name) => WHOLE.test(looksOf(name)))
}
