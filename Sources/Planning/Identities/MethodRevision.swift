/// The revision of each method's numerics: part of every identity, so that results of another method are
/// never taken for these.
///
/// Raise a number in the same commit that changes what its method computes from the same input, be it only in
/// the last bits: another order of sums, another stream of random numbers, another stopping rule. Do not
/// raise it for speed or shape alone. The golden runs in the tests fail when numerics change without it.
public enum MethodRevision {
  /// Data splits, initialisation, minibatches, the step of every optimiser, the stopping rule.
  public static let training = 1
  /// The ascent in the box and the sharpness made from it.
  public static let sharpness = 2
  /// The kernel and the expectation propagation.
  public static let prior = 2
  /// The Hessian's spectrum.
  public static let hessian = 1
  /// How a training is followed: which epochs, the rescaling, the start of each expectation propagation.
  public static let timeline = 1
  /// The Monte-Carlo kernel: its random networks, their features, the sums.
  public static let monteCarloKernel = 1
  /// The sample of functions: the random numbers, the networks' arithmetic, the counting.
  public static let functionSample = 1
}
