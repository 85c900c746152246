using System.Net;
using System.Net.Sockets;

namespace HumanLoop.Webhooks;

/// <summary>Opens the connections of one webhook: to what a name resolves to now, and to public addresses only unless others are allowed.</summary>
/// <remarks>The address that was looked at is the one that is connected to, so a name cannot change its mind in between. Redirects are not followed and no
/// proxy is used: either would lead past this check.</remarks>
internal static class WebhookConnection
{
    public static HttpMessageInvoker Open(Func<bool> allowPrivateAddresses) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxConnectionsPerServer = 8,
        MaxResponseHeadersLength = 16,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, allowPrivateAddresses(), cancellationToken),
    });

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, bool allowPrivateAddresses, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, cancellationToken).ConfigureAwait(false);
        IPAddress[] allowed = [.. addresses.Where(address => allowPrivateAddresses || PublicAddress.Is(address))];
        if (allowed.Length == 0)
        {
            throw new PrivateAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, host.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
