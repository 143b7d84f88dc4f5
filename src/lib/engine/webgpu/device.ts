import { LabError } from '../../contracts/errors';

/** How a GPU adapter calls itself: "swiftshader", "Apple metal-3". */
export function adapterName(info: GPUAdapterInfo): string {
  if (info.architecture === 'swiftshader') return 'swiftshader';
  return info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'GPU';
}

/** The GPU as the engine meets it. */
export interface DeviceWatch {
  /** Name of the adapter in use; `null` before one was asked for. */
  name: () => string | null;
  /** Rejects with `device-lost` when the present device is lost against our will. */
  lost: () => Promise<never>;
}

function deviceLost(info: GPUDeviceLostInfo): LabError {
  return new LabError(
    'device-lost',
    'The GPU was lost: the driver restarted, or its memory ran out. Load the model again; if it happens again, choose the WebAssembly engine.',
    info.message,
  );
}

/**
 * Watches the devices that anyone in this worker asks for. web-llm keeps its device to itself and only logs its
 * loss, after which a request would wait for ever.
 */
export function watchDevices(): DeviceWatch {
  let name: string | null = null;
  let lost = new Promise<never>(() => undefined);
  const watch: DeviceWatch = { name: () => name, lost: () => lost };
  // No WebGPU: web-llm says so when a model is loaded.
  if (typeof GPUAdapter === 'undefined') return watch;
  const prototype = GPUAdapter.prototype;
  const request = prototype.requestDevice;
  prototype.requestDevice = async function (this: GPUAdapter, descriptor?: GPUDeviceDescriptor) {
    const device = await request.call(this, descriptor);
    name = adapterName(this.info);
    lost = device.lost.then((info) => {
      // Destroyed by ourselves: nobody waits for it any more.
      if (info.reason === 'destroyed') return new Promise<never>(() => undefined);
      throw deviceLost(info);
    });
    lost.catch(() => undefined);
    return device;
  };
  return watch;
}
