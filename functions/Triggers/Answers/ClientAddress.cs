using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Club.Triggers;

/// <summary>Where a call comes from.</summary>
internal static class ClientAddress
{
    private const int Network = 8;

    /// <summary>As the outermost of one's own proxies has seen it. Whatever stands before that in <c>X-Forwarded-For</c>, the caller may
    /// have written herself.</summary>
    public static IPAddress Of(HttpContext context, int proxies)
    {
        var connection = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (proxies == 0) return connection;
        var forwarded = string.Join(',', context.Request.Headers["X-Forwarded-For"].ToArray()).Split(',', StringSplitOptions.TrimEntries);
        // Some proxies tell the port, too.
        return forwarded.Length >= proxies && IPEndPoint.TryParse(forwarded[^proxies], out var client) ? client.Address : connection;
    }

    /// <summary>A number that is the same for the same address, and for all addresses that one customer of a provider may take (a /64 of
    /// IPv6); nobody outside this process can tell which addresses share one.</summary>
    public static int Hash(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        address.TryWriteBytes(bytes, out var written);
        var hash = new HashCode();
        hash.AddBytes(bytes[..(address.AddressFamily == AddressFamily.InterNetworkV6 ? Network : written)]);
        return hash.ToHashCode();
    }
}
