import { impersonal, type PersonalData } from '../personal.ts'

export const securityData = (): PersonalData => ({
  tables: {
    address_rules: {
      holds: 'network addresses that are let in or not answered, and by whom it was said',
      kept: 'until taken back or over; who said it until their account is deleted',
      untold: 'the community’s own rules',
    },
    security_events: {
      holds:
        'log-ins refused, proofs failed, sessions ended, roles and rules changed: when, from which network address, by whom',
      kept: '90 days, and 100 000 entries at most; by whom until their account is deleted',
      untold: 'the community’s own record; log-ins and failures of one’s own are in the archive',
    },
    security_patterns: {
      holds:
        'network addresses, or members, that asked for very much or tried very many accounts, and how often',
      kept: '30 days after the last time; a member’s until their account is deleted',
      untold: 'would tell whoever attacks what is seen of them',
    },
    spent_challenges: impersonal('proofs of work that were used', 'ten minutes'),
    security_settings: impersonal('how the community defends itself', 'always'),
  },
  sections: [],
})
