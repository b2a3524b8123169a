import Foundation

/// NVIDIA's driver, asked for facts of a GPU; it is part of no library that this program is built with.
enum CUDADriver {
  /// Nil where there is no driver, or an older one.
  private static func function<Function>(_ name: String, as type: Function.Type) -> Function? {
    guard let handle = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL), let symbol = dlsym(handle, name) else {
      return nil
    }
    return unsafeBitCast(symbol, to: type)
  }

  /// What a GPU is called.
  static func deviceName(_ number: Int) -> String? {
    typealias Initialise = @convention(c) (UInt32) -> Int32
    typealias Device = @convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32
    typealias Name = @convention(c) (UnsafeMutablePointer<CChar>, Int32, Int32) -> Int32
    guard let initialise = function("cuInit", as: Initialise.self),
      let device = function("cuDeviceGet", as: Device.self),
      let name = function("cuDeviceGetName", as: Name.self)
    else { return nil }
    var ordinal: Int32 = 0
    var text = [CChar](repeating: 0, count: 256)
    guard initialise(0) == 0, device(&ordinal, Int32(number)) == 0,
      name(&text, Int32(text.count), ordinal) == 0
    else { return nil }
    return text.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
  }

  /// The memory in use on the GPU of this thread's context, which libtorch makes at its first call there; nil without
  /// one.
  static var bytesInUse: Int? {
    typealias Memory = @convention(c) (UnsafeMutablePointer<Int>, UnsafeMutablePointer<Int>) -> Int32
    guard let memory = function("cuMemGetInfo_v2", as: Memory.self) else { return nil }
    var (free, total) = (0, 0)
    guard memory(&free, &total) == 0 else { return nil }
    return total - free
  }
}
