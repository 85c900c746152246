using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace HumanLoop.Webhooks.Tests;

/// <summary>Somebody outside: an HTTP server on loopback that keeps what it got and answers as the test says.</summary>
internal sealed class Receiver : IDisposable
{
    public const string Secret = "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";

    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Message> _got = new();
    private readonly TaskCompletionSource _closing = new();

    public Receiver()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Prefixes.Add($"http://localhost:{Port}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}/hooks";

    public IReadOnlyList<Message> Got => [.. _got];

    /// <summary>How the next request is answered: 204 unless the test says otherwise.</summary>
    public Func<HttpListenerResponse, Task> Answer { get; set; } = Status(204);

    public static Func<HttpListenerResponse, Task> Status(int status, string? header = null, string? value = null) => response =>
    {
        response.StatusCode = status;
        if (header is not null)
        {
            response.Headers[header] = value;
        }

        return Task.CompletedTask;
    };

    /// <summary>Never answers.</summary>
    public Task SilentAsync(HttpListenerResponse response) => _closing.Task;

    /// <summary>Answers 200 and never ends the body.</summary>
    public async Task EndlessAsync(HttpListenerResponse response)
    {
        response.StatusCode = 200;
        response.SendChunked = true;
        await response.OutputStream.WriteAsync("begin"u8.ToArray());
        await response.OutputStream.FlushAsync();
        await _closing.Task;
    }

    public void Dispose()
    {
        _closing.TrySetResult();
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var headers = context.Request.Headers;
            _got.Enqueue(new(context.Request.Url!.AbsolutePath, headers[WebhookSignature.IdHeader], headers[WebhookSignature.TimestampHeader], headers[WebhookSignature.SignatureHeader], body.ToArray()));
            await Answer(context.Response);
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The sender has hung up.
        }
    }

    /// <summary>One request as it came in.</summary>
    internal sealed record Message(string Path, string? Id, string? Timestamp, string? Signature, byte[] Body)
    {
        public JsonElement Json { get; } = JsonSerializer.Deserialize<JsonElement>(Body);

        public string Type => Json.GetProperty("type").GetString()!;

        public JsonElement Data => Json.GetProperty("data");

        public string Text => Data.GetProperty("text").GetString()!;

        public IReadOnlyList<string> Reviews => [.. Data.GetProperty("reviews").EnumerateArray().Select(review => review.GetProperty("id").GetString()!)];

        public WebhookVerification Verify(DateTimeOffset now, params string[] secrets) => WebhookSignature.Verify(Id, Timestamp, Signature, Body, secrets.Length == 0 ? [Secret] : secrets, now);
    }
}
