export const accountMessages = {
  'password.show': 'Show password',
  'password.hide': 'Hide password',
  'login.action': 'Log in',
  'login.toSignUp': 'Sign up',
  'login.ended': 'Your session has ended. Please log in again.',

  'visitor.join': 'Join {name} to like, comment and follow.',
} as const
