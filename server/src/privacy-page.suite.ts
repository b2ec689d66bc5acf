import type { PersonalData, TableNote } from './modules/personal.ts'

const HEAD = `# What is kept of people, and for how long

This page is made of what the modules themselves declare (\`personal\` in each \`module.ts\`); a test holds it to them, and them to
the tables that there are. It is for owners, who have to answer for it, and for members, who may ask.

Everything stands in the PostgreSQL and the object store of whoever runs the community. Nothing is sent to anybody else, but for what
the owner sets up: a mail server, push services, a bucket.

- **A member's own copy.** *Settings → Your data* makes an archive of what is listed as told below, with all files as they were uploaded.
- **Deletion.** After the days to change one's mind, an account goes with everything in these tables; caches and files follow within
  the hour. \`server/src/erasure.test.ts\` looks at every column. What stays: an empty row, so that an id is nobody else's, and what the
  last column names as the community's own record.
- **Back-ups** hold what was there when they were made: delete them in time.

`

const saidOf = (note: TableNote): string =>
  'told' in note
    ? note.told.map((file) => (file === 'files' ? 'the files' : `\`${file}.json\``)).join(', ')
    : `no: ${note.untold}`

const COLUMNS = '| table | holds | kept | told in a member’s archive |\n|---|---|---|---|'

/** The page, as Markdown, by module. */
export function privacyPage(personal: Readonly<Record<string, PersonalData>>): string {
  const parts = Object.entries(personal)
    .filter(([, { tables }]) => Object.keys(tables).length > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { tables, sections }]) => {
      const rows = Object.entries(tables).map(
        ([table, note]) => `| \`${table}\` | ${note.holds} | ${note.kept} | ${saidOf(note)} |`,
      )
      const lists = sections.map(({ file, about }) => `- \`${file}.json\`: ${about}`)
      return [
        `## ${name}`,
        [COLUMNS, ...rows].join('\n'),
        ...(lists.length > 0 ? [lists.join('\n')] : []),
      ].join('\n\n')
    })
  return `${HEAD}${parts.join('\n\n')}\n`
}
