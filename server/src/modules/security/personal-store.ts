import { impersonal, type PersonalData } from '../personal.ts'

export const securityData = (): PersonalData => ({
  tables: {
    address_rules: {
      holds: 'network addresses that are let in or not answered, and by whom it was said',
      kept: 'until taken back or over; who said it until their account is deleted',
      untold: 'the community’s own rules',
    },
    security_settings: impersonal('how the community defends itself', 'always'),
  },
  sections: [],
})
