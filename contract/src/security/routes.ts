import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact } from '../core/schema.ts'
import { AddressRule, AddressRuleId, AddressRules, NewAddressRule, SecuritySettings } from './schemas.ts'

/** Who is let in, and what was tried. */
export const securityRoutes = {
  addresses: route({
    method: 'GET',
    path: '/security/addresses',
    summary: 'Which network addresses are always let in, and which are not answered',
    access: 'member',
    scope: 'never',
    role: 'admin',
    reply: AddressRules,
  }),
  addAddress: route({
    method: 'POST',
    path: '/security/addresses',
    summary: 'Allow or deny an address or a range; every process knows it within a second',
    access: 'member',
    scope: 'never',
    role: 'admin',
    status: 201,
    body: NewAddressRule,
    reply: AddressRule,
    errors: ['range_invalid', 'range_too_wide', 'rule_exists', 'too_many_rules', 'locks_you_out'],
  }),
  removeAddress: route({
    method: 'DELETE',
    path: '/security/addresses/{rule_id}',
    summary: 'Take a rule back',
    access: 'member',
    scope: 'never',
    role: 'admin',
    params: Exact({ rule_id: AddressRuleId }),
    reply: Empty,
    errors: ['not_found', 'locks_you_out'],
  }),
  settings: route({
    method: 'GET',
    path: '/security/settings',
    summary: 'How the community defends itself',
    access: 'member',
    scope: 'never',
    role: 'admin',
    reply: SecuritySettings,
  }),
  changeSettings: route({
    method: 'PUT',
    path: '/security/settings',
    summary: 'Change it',
    access: 'member',
    scope: 'never',
    role: 'admin',
    stepUp: true,
    body: SecuritySettings,
    reply: SecuritySettings,
    errors: ['locks_you_out'],
  }),
} satisfies RouteGroup
