import { webApp } from '@tintype/testkit'

/** Once for the whole run, so that no two files build the web app at the same time. */
export default async function setup(): Promise<void> {
  await webApp()
}
