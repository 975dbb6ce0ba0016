// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/**
 * Opens devices by address. Drivers are found on the class path of the calling thread's context
 * class loader; one that is broken is listed with the reason and hides no other.
 */
@Stable(since = "0.1")
public final class Devices {
  private Devices() {}

  /**
   * What became of one driver on the class path.
   *
   * @param scheme its scheme, or its class name if it could not be loaded
   * @param summary one line about it, empty if it could not be loaded
   * @param bodies what it can open here
   * @param availability whether it is usable, and why not
   */
  public record Driver(
      String scheme, String summary, List<String> bodies, Availability availability) {}

  /**
   * Opens the device at an address.
   *
   * @throws DeviceException if the address is malformed, no driver serves it, or opening failed
   */
  public static OpticalFourierDevice open(String uri) {
    return open(DeviceUri.parse(uri));
  }

  /** As {@link #open(String)}. */
  public static OpticalFourierDevice open(DeviceUri uri) {
    Optional<OpticalFourierDevice> device = Optional.empty();
    List<DeviceUri.Layer> layers = uri.layers();
    try {
      for (int i = layers.size() - 1; i >= 0; i--) {
        DeviceUri.Layer layer = layers.get(i);
        DeviceProvider provider = provider(layer.scheme());
        requireNesting(provider, device.isPresent());
        Availability availability = probe(provider);
        if (!availability.usable()) {
          throw new DeviceException(
              ErrorCode.UNAVAILABLE,
              "device '" + layer + "' cannot be opened here: " + availability.reason());
        }
        Options options =
            new Options(provider.options(layer.body(), layer.options()), layer.options());
        device = Optional.of(open(provider, layer.body(), options, device));
      }
    } catch (RuntimeException | Error e) {
      try {
        device.ifPresent(OpticalFourierDevice::close);
      } catch (RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    return device.orElseThrow();
  }

  private static OpticalFourierDevice open(
      DeviceProvider provider, String body, Options options, Optional<OpticalFourierDevice> inner) {
    if (!provider.isSingleUser(body)) {
      return provider.open(body, options, inner);
    }
    DeviceLock lock = DeviceLock.take(provider.scheme(), body);
    try {
      return new OwnedDevice(provider.open(body, options, inner), lock);
    } catch (RuntimeException | Error e) {
      lock.release();
      throw e;
    }
  }

  /** The options of the device that an address names, with the address's values as defaults. */
  public static List<OptionSpec> options(DeviceUri uri) {
    DeviceUri.Layer layer = uri.innermost();
    return new Options(
            provider(layer.scheme()).options(layer.body(), layer.options()), layer.options())
        .specs();
  }

  /** Every driver on the class path, usable or not, by scheme. */
  public static List<Driver> drivers() {
    Registry registry = Registry.load();
    List<Driver> drivers = new ArrayList<>();
    registry.providers.forEach((scheme, provider) -> drivers.add(describe(scheme, provider)));
    drivers.addAll(registry.broken);
    return drivers;
  }

  private static Driver describe(String scheme, DeviceProvider provider) {
    try {
      return new Driver(scheme, provider.summary(), provider.bodies(), probe(provider));
    } catch (RuntimeException | LinkageError e) {
      return new Driver(scheme, "", List.of(), Availability.no("it is broken: " + e));
    }
  }

  private static Availability probe(DeviceProvider provider) {
    try {
      return provider.probe();
    } catch (RuntimeException | LinkageError e) {
      return Availability.no("its probe failed: " + e);
    }
  }

  private static DeviceProvider provider(String scheme) {
    Registry registry = Registry.load();
    DeviceProvider provider = registry.providers.get(scheme);
    if (provider != null) {
      return provider;
    }
    for (Driver driver : registry.broken) {
      if (driver.scheme().equals(scheme)) {
        throw new DeviceException(
            ErrorCode.UNAVAILABLE,
            "the driver for '" + scheme + ":' cannot be used: " + driver.availability().reason());
      }
    }
    throw new DeviceException(
        ErrorCode.UNKNOWN_SCHEME,
        "no driver for '"
            + scheme
            + ":' is on the class path"
            + NearestName.suggestion(scheme, registry.providers.keySet())
            + "; there are drivers for "
            + (registry.providers.isEmpty()
                ? "nothing"
                : String.join(", ", registry.providers.keySet())));
  }

  private static void requireNesting(DeviceProvider provider, boolean inner) {
    if (provider.isDecorator() != inner) {
      throw new DeviceException(
          ErrorCode.MALFORMED_URI,
          inner
              ? "'"
                  + provider.scheme()
                  + ":' is a device and wraps no other; leave out what follows"
              : "'" + provider.scheme() + ":' wraps another device; add '@' and its address");
    }
  }

  /** The providers that ServiceLoader finds now. */
  private static final class Registry {
    /** An iterator that fails without getting on must not be asked for ever. */
    private static final int MAX_BROKEN = 64;

    final Map<String, DeviceProvider> providers = new TreeMap<>();
    final List<Driver> broken = new ArrayList<>();
    private final Set<String> contested = new HashSet<>();

    static Registry load() {
      Registry registry = new Registry();
      Iterator<ServiceLoader.Provider<DeviceProvider>> found =
          ServiceLoader.load(DeviceProvider.class).stream().iterator();
      while (registry.broken.size() < MAX_BROKEN) {
        try {
          if (!found.hasNext()) {
            break;
          }
          registry.add(found.next());
        } catch (ServiceConfigurationError e) {
          registry.reject("?", e.getMessage());
        }
      }
      return registry;
    }

    private void add(ServiceLoader.Provider<DeviceProvider> entry) {
      String driver = entry.type().getName();
      try {
        DeviceProvider provider = entry.get();
        add(driver, provider.scheme(), provider);
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        reject(driver, "it is broken: " + (e.getCause() == null ? e : e.getCause()));
      }
    }

    private void add(String driver, String scheme, DeviceProvider provider) {
      if (provider.apiLevel() != OpticalFourierDevice.API_LEVEL) {
        reject(
            scheme,
            driver
                + " was written for device API level "
                + provider.apiLevel()
                + ", this SDK has level "
                + OpticalFourierDevice.API_LEVEL);
        return;
      }
      DeviceProvider other = providers.remove(scheme);
      if (other != null || contested.contains(scheme)) {
        contested.add(scheme);
        reject(
            scheme,
            "two drivers claim it, "
                + driver
                + (other == null ? "" : " and " + other.getClass().getName())
                + "; remove one from the class path");
        return;
      }
      providers.put(scheme, provider);
    }

    private void reject(String scheme, String reason) {
      broken.add(new Driver(scheme, "", List.of(), Availability.no(reason)));
    }
  }
}
