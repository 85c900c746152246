using System.Net;
using System.Net.Sockets;

namespace HumanLoop.Webhooks;

/// <summary>Which addresses are on the public internet. Everything else is somebody's inside: loopback, a private network, a cloud's metadata.</summary>
/// <remarks>By IANA's registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890 and its successors). Of IPv6 only 2000::/3 is public at
/// all.</remarks>
internal static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork PublicV6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Is(address.MapToIPv4());
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            if (Nat64.Contains(address))
            {
                // What such a network really connects to is the IPv4 address at the end.
                return Is(new IPAddress(address.GetAddressBytes().AsSpan(12)));
            }

            if (!PublicV6.Contains(address))
            {
                return false;
            }
        }

        return !NotPublic.Any(network => network.Contains(address));
    }
}
