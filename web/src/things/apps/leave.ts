/** Goes where an app waits for its answer: out of this app, so not by the router. */
export const leave = { to: (address: string) => location.assign(address) }
