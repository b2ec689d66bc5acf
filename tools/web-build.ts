import { webApp } from '@tintype/testkit'

// Builds the web app where it is not of today's sources. The build itself fails when what a first visit loads outgrows its budget.
console.log(await webApp())
