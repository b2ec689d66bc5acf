import { importsModule } from '../modules/imports/module.ts'
import type { Ground } from './ground.ts'

type ImportDeps = Parameters<typeof importsModule>[0]
type Services = { [Name in 'media' | 'posts' | 'stories']: { service: ImportDeps[Name] } } & Pick<
  ImportDeps,
  'people'
>

/** What members bring along from elsewhere. */
export const wireImports = ({ engines, clock }: Ground, { people, media, posts, stories }: Services) =>
  importsModule({
    ...engines,
    clock,
    people,
    media: media.service,
    posts: posts.service,
    stories: stories.service,
  })
