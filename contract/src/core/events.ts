/** How a fact is declared, once: its payload, and the key whose facts stay in order (an id that its writers lock). */
export interface EventSpec<Payload> {
  key(payload: Payload): string
}

export const event = <Payload>(key: (payload: Payload) => string): EventSpec<Payload> => ({ key })
