import { scopes } from '@tintype/contract'
import { DEVICE_GRANT } from './clients.ts'

/** Where people reach us; what the request says where that is not set. */
export const issuerOf = (publicUrl: string, request: { protocol: string; host: string }): string =>
  publicUrl || `${request.protocol}://${request.host}`

/** What apps need to know to begin (RFC 8414). */
export const metadataOf = (issuer: string, { registration }: { registration: boolean }) => ({
  issuer,
  authorization_endpoint: `${issuer}/oauth/authorize`,
  token_endpoint: `${issuer}/oauth/token`,
  revocation_endpoint: `${issuer}/oauth/revoke`,
  introspection_endpoint: `${issuer}/oauth/introspect`,
  device_authorization_endpoint: `${issuer}/oauth/device`,
  ...(registration ? { registration_endpoint: `${issuer}/oauth/register` } : {}),
  scopes_supported: scopes,
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', DEVICE_GRANT],
  token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
  introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  service_documentation: `${issuer}/docs`,
})
