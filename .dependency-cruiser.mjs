// The import rule (docs/architecture.md): roles -> wiring -> (handlers, consumers, jobs, module) -> views -> services
// -> stores, policies -> engine ports -> kit. Every arrow points one way; a sibling is reached through a narrow
// interface typed where it is used, and wired by calls in wiring.ts.

import swc from '@swc/core/Visitor.js'

// TypeScript 7 has no compiler API in JavaScript, so dependency-cruiser reads our files with swc; the walker it uses for that
// is older than `using` declarations.
const { visitStatement } = swc.Visitor.prototype
swc.Visitor.prototype.visitStatement = function visit(statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement)
  statement.decls = this.visitVariableDeclarators(statement.decls)
  return statement
}

const tests = '\\.(test|suite|e2e)\\.tsx?$|/suite\\.ts$'
const server = '^server/src/'
const modules = `${server}modules/([^/]+)/`
/** Files of a module that others call: HTTP, facts, long work, and the door to wiring. */
const edge = 'handlers|consumers|jobs|module'
/** Files of a module that hold its SQL and its rules of who may do what. */
const bottom = '[a-z-]*(store|policy)\\.ts$'
/** What modules see of engines: their ports, and the counters that stores keep in the database. */
const face = '/(port|db/counters)\\.ts$'
/** Of the web app, from the top. */
const floors = ['app', 'features', 'things', 'editor', 'shell', 'data|pwa', 'ui|upload|realtime', 'kit']
const ours = '^(contract|server|web|testkit|e2e|demo|bench|tools)/'

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    forbid(
      'no-cycles',
      'A cycle has no bottom: neither half can be read, tested or moved alone. A type that points back makes one as well.',
      {},
      { circular: true },
    ),
    forbid(
      'resolvable',
      'An import that leads nowhere fails at run time only.',
      {},
      { couldNotResolve: true, pathNot: '^virtual:' },
    ),

    // workspaces
    forbid(
      'contract-stands-alone',
      'The contract is what server and web share, so it may know neither.',
      { path: '^contract/' },
      { path: ours, pathNot: '^contract/' },
    ),
    forbid(
      'web-knows-the-contract-only',
      'The web app is one client among others; what it needs to know is in the contract.',
      { path: '^web/' },
      { path: ours, pathNot: '^(web|contract)/' },
    ),
    forbid(
      'server-knows-no-client',
      'The server runs without the web app, the tests and the demo.',
      { path: '^server/', pathNot: tests },
      { path: ours, pathNot: '^(server|contract)/' },
    ),
    forbid(
      'browser-tests-come-through-the-front-door',
      'They see what a member sees; the system they run against is started by the testkit.',
      { path: '^e2e/' },
      { path: ours, pathNot: '^(e2e|contract|testkit)/' },
    ),

    // floors of the web app
    ...floors
      .slice(1)
      .map((floor, below) =>
        forbid(
          `web-floor-${floor.split('|')[0]}`,
          'A floor of the web app knows those below it and none above, so that what is below can be used anywhere.',
          { path: `^web/src/(${floor})/`, pathNot: tests },
          { path: `^web/src/((${floors.slice(0, below + 1).join('|')})/|[a-z]+\\.tsx$)` },
        ),
      ),
    forbid(
      'features-do-not-meet',
      'What two screens need is a thing, or belongs to the shell.',
      { path: '^web/src/features/([^/]+)/', pathNot: tests },
      { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    ),

    // layers of the server
    forbid(
      'kit-knows-nothing',
      'The kit is below everything, so it may use nothing above it.',
      { path: `${server}kit/`, pathNot: tests },
      { path: server, pathNot: `${server}kit/` },
    ),
    forbid(
      'engines-know-kit-and-ports',
      'An adapter can be swapped because it knows only the kit and the ports of other engines.',
      { path: `${server}engines/`, pathNot: tests },
      { path: server, pathNot: `${server}(engines|kit)/` },
    ),
    forbid(
      'engines-meet-at-ports',
      'One engine uses another through its port, never through the adapter that happens to be there.',
      { path: `${server}engines/([^/]+)/`, pathNot: tests },
      { path: `${server}engines/([^/]+)/`, pathNot: [`${server}engines/$1/`, '/port\\.ts$'] },
    ),
    forbid(
      'adapters-are-opened-by-open',
      'An adapter is a folder; open.ts alone chooses among an engine’s.',
      { path: `${server}engines/([^/]+)/[^/]+\\.ts$`, pathNot: ['/open\\.ts$', tests] },
      { path: `${server}engines/$1/[^/]+/` },
    ),
    forbid(
      'access-stands-alone',
      'Who sees what is one pure rule: it reads nothing and knows nobody.',
      { path: `${server}access/`, pathNot: tests },
      { path: server, pathNot: `${server}access/` },
    ),
    forbid(
      'text-knows-the-kit-only',
      'What a text says is the same wherever it stands; whom it names is asked through the interface that wiring fills.',
      { path: `${server}text/`, pathNot: tests },
      { path: server, pathNot: `${server}(text|access|kit)/` },
    ),
    forbid(
      'engines-are-known-by-their-ports',
      'Whoever names an adapter cannot be moved to another one by an environment variable.',
      { path: server, pathNot: [`${server}engines/`, tests] },
      { path: `${server}engines/`, pathNot: [`${server}engines/index\\.ts$`, face, '/open\\.ts$'] },
    ),
    forbid(
      'engines-are-opened-by-wiring',
      'Modules, views, gateway and roles are given what they stand on.',
      { path: `${server}(modules|views|gateway|roles)/`, pathNot: tests },
      { path: `${server}engines/`, pathNot: face },
    ),
    forbid(
      'modules-do-not-meet',
      'A module is known by its face, the types of its api.ts: reads across modules are calls on what wiring passes, writes are events.',
      { path: modules, pathNot: tests },
      { path: modules, pathNot: [`${server}modules/$1/`, '/api\\.ts$'] },
    ),
    forbid(
      'a-face-is-types',
      'What a module gives to others at run time, wiring passes; so any of them can be played by a test.',
      { path: server },
      { path: `${modules}api\\.ts$`, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'modules-are-built-by-wiring',
      'wiring.ts is the only file that knows every module.',
      { path: server, pathNot: [`${server}wiring(/|\\.ts$)`, tests] },
      { path: `${modules}module\\.ts$` },
    ),
    forbid(
      'wiring-sees-modules-from-outside',
      'What wiring needs of a module is what its module.ts hands out.',
      { path: `${server}wiring(/|\\.ts$)` },
      { path: modules, pathNot: '/module\\.ts$' },
    ),
    forbid(
      'views-read-through-interfaces',
      'Views join what the batch readers of modules give, and judge by access/; they see neither stores nor services.',
      { path: `${server}views/`, pathNot: tests },
      { path: `${server}(modules/[^/]+/|roles/|wiring)`, pathNot: `${modules}api\\.ts$` },
    ),
    forbid(
      'stores-are-at-the-bottom',
      'Stores and policies know nothing of the use cases above them.',
      { path: `${modules}${bottom}` },
      {
        path: [`${server}(views|gateway|roles)/`, `${modules}(service|${edge})\\.ts$`],
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'use-cases-do-not-look-up',
      'A use case does not know who asks for it: HTTP, an event or a schedule.',
      { path: modules, pathNot: [`${modules}(${edge})\\.ts$`, tests] },
      { path: [`${server}(views|roles)/`, `${modules}(${edge})\\.ts$`], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'handlers-hold-no-sql',
      'HTTP goes through the use cases, which hold the rules and the transactions.',
      { path: `${modules}handlers\\.ts$` },
      { path: [`${modules}${bottom}`, `${server}engines/db/`] },
    ),
    forbid(
      'modules-see-little-of-the-gateway',
      'How HTTP works is the gateway’s own business; it says in types what it wants of a module, binds routes, checks shapes, reads forms, and keeps the session cookies.',
      { path: `${server}(modules|views)/`, pathNot: tests },
      {
        path: `${server}gateway/`,
        pathNot: `${server}gateway/(binding|credentials|forms|validation)\\.ts$`,
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'roles-are-started-by-main',
      'A role is an end: nothing below depends on how it is run.',
      { path: server, pathNot: [`${server}(roles/|main\\.ts$)`, tests] },
      { path: `${server}roles/` },
    ),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist[^/]*|coverage|test-results)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.css', '.json', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
