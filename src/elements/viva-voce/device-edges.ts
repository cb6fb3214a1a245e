export { deviceTests, type DeviceTests, type TestedDevices } from '../../device-edges.ts';

/** What a test of the devices loads when its button is pressed. */
