import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Line {
  readonly near: Socket;
  readonly far: Socket;
  /** All that the near end has said. */
  readonly said: Buffer[];
  held: boolean;
}

/** A TCP relay in this process that can be mean to the connections that go through it. */
export class Relay {
  readonly #server: Server;
  readonly #lines = new Set<Line>();
  readonly #port: number;
  readonly #host: string;
  #bytesPerSecond = Infinity;
  #isRefusing = false;
  /** How many lines it ended at once. */
  refused = 0;

  constructor(port: number, host = '127.0.0.1') {
    this.#port = port;
    this.#host = host;
    this.#server = createServer((near) => this.#join(near));
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  #join(near: Socket): void {
    if (this.#isRefusing) {
      this.refused++;
      return void near.destroy();
    }
    const far = connect(this.#port, this.#host);
    const line: Line = { near, far, said: [], held: false };
    this.#lines.add(line);
    this.#pass(near, far, line, (chunk) => line.said.push(chunk));
    this.#pass(far, near, line);
    for (const socket of [near, far]) {
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        // Half open: whoever is on the other side hears nothing of the end.
        if (line.held) return;
        this.#lines.delete(line);
        near.destroy();
        far.destroy();
      });
    }
  }

  #pass(from: Socket, to: Socket, line: Line, note?: (chunk: Buffer) => void): void {
    from.on('data', (chunk) => {
      if (line.held) return;
      note?.(chunk);
      to.write(chunk);
      if (this.#bytesPerSecond === Infinity) return;
      from.pause();
      setTimeout(() => from.resume(), (chunk.length / this.#bytesPerSecond) * 1000);
    });
  }

  /** From now on nothing comes through on the lines there are, and neither end is told; new lines work. */
  holdAll(): void {
    for (const line of this.#lines) line.held = true;
  }

  /** The lines that were held end after all: both sides hear of it. */
  dropHeld(): void {
    for (const line of this.#lines) {
      if (!line.held) continue;
      this.#lines.delete(line);
      line.near.destroy();
      line.far.destroy();
    }
  }

  /** Ends all lines there are, and every new one at once, until it is let go again. */
  refuse(refusing: boolean): void {
    this.#isRefusing = refusing;
    if (!refusing) return;
    for (const { near, far } of this.#lines) {
      near.destroy();
      far.destroy();
    }
  }

  /** Every line carries so many bytes a second in each direction. */
  slowDown(bytesPerSecond: number): void {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Cuts all lines, and says all that was ever said on them once more, each on a new line. */
  async repeatAll(): Promise<void> {
    const lines = [...this.#lines];
    for (const { near } of lines) near.destroy();
    for (const { said } of lines) {
      const again = connect(this.#port, this.#host);
      again.on('error', () => again.destroy());
      again.write(Buffer.concat(said));
      // The first answer shows that it was read.
      await new Promise((resolve) => again.once('data', resolve).once('close', resolve));
    }
  }

  async end(): Promise<void> {
    for (const { near, far } of this.#lines) {
      near.destroy();
      far.destroy();
    }
    this.#server.close();
  }
}
