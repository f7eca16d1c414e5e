using System.Net;
using System.Net.Sockets;

namespace Club.Outgoing;

/// <summary>
/// Which addresses belong to everybody's internet. What is reserved by IANA's registries of special-purpose addresses is not, nor is the
/// address under which Azure answers its own machines.
/// </summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] Reserved =
    [
        .. from text in (string[])["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
            // Of IPv6's global unicast: what tunnels or documents.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]
        select IPNetwork.Parse(text),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && (address.ScopeId != 0 || !Global.Contains(address))) return false;
        return !Reserved.Any(network => network.Contains(address));
    }
}
