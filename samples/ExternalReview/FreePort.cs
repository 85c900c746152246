using System.Net;
using System.Net.Sockets;

namespace ExternalReview;

/// <summary>A port that nobody uses, for a sample that is its own outside.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
