import { expose, type Endpoint } from 'comlink';

/** A worker that is none: the same messages, over a channel. */
export class FakeWorker extends EventTarget {
  private readonly channel = new MessageChannel();
  terminated = false;

  constructor(api: object) {
    super();
    this.channel.port1.onmessage = (event) =>
      this.dispatchEvent(
        new MessageEvent('message', { data: event.data, ports: [...event.ports] }),
      );
    expose(api, this.channel.port2 as unknown as Endpoint);
  }
  postMessage(message: unknown, transfer: Transferable[] = []): void {
    if (!this.terminated) this.channel.port1.postMessage(message, transfer);
  }
  terminate(): void {
    this.terminated = true;
    this.channel.port1.close();
    this.channel.port2.close();
  }
  crash(): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
  }
}
