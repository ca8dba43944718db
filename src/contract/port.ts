/** One end of a port that carries `In` towards us and `Out` away from us. */
export interface Port<In, Out> {
  post(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  /** Called once when the other end has gone; not when we close. */
  onClose(listener: () => void): void;
  close(): void;
}
