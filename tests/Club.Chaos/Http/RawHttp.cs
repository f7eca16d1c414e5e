using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Club.Chaos.Http;

/// <summary>A kept connection that sends bytes as they are, which a proper client would not, and reads an answer's status.</summary>
internal sealed class RawHttp(int port) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly StringBuilder _head = new();
    private TcpClient? _client;
    private int _from;
    private int _to;

    /// <returns>The answer's status; 0 when the host ended the connection without one; -1 when it did neither in time.</returns>
    public async Task<int> Send(HostileRequest request)
    {
        // A kept connection may have been ended by the host since the last answer; a new one tells whether it answers.
        for (var attempt = 0; ; attempt++)
        {
            var isNew = _client is null;
            try
            {
                var status = await Exchange(request).WaitAsync(Patience);
                if (status == 0) Reset();
                if (status != 0 || isNew || attempt > 0) return status;
            }
            catch (TimeoutException)
            {
                Reset();
                return -1;
            }
        }
    }

    public void Dispose() => _client?.Dispose();

    private async Task<int> Exchange(HostileRequest request)
    {
        try
        {
            if (_client is null)
            {
                _client = new TcpClient { NoDelay = true };
                await _client.ConnectAsync("127.0.0.1", port);
                (_from, _to) = (0, 0);
            }
            var stream = _client.GetStream();
            var sending = Write(stream, request);
            var status = await Answer(stream, request.Verb == "HEAD");
            if (!sending.IsCompletedSuccessfully || !request.IsWhole || status == 0) Reset();
            return status;
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private static async Task Write(NetworkStream stream, HostileRequest request)
    {
        try
        {
            await stream.WriteAsync(request.Head);
            if (request.Pieces == 1)
            {
                await stream.WriteAsync(request.Body);
                return;
            }
            foreach (var piece in request.Body.Chunk(Math.Max(1, request.Body.Length / request.Pieces + 1)))
            {
                await stream.WriteAsync(piece);
                await Task.Delay(30);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // Answered, or sent away, before the body was read.
        }
    }

    private async Task<int> Answer(NetworkStream stream, bool isHead)
    {
        var head = await Head(stream);
        while (head.StartsWith("HTTP/1.1 100", StringComparison.Ordinal)) head = await Head(stream);
        if (head.Length < 12 || !int.TryParse(head.AsSpan(9, 3), CultureInfo.InvariantCulture, out var status)) return 0;
        var closes = false;
        if (!isHead && status is not (204 or 304))
        {
            if (Header(head, "Content-Length") is { } length) await Skip(stream, long.Parse(length, CultureInfo.InvariantCulture));
            else if (Header(head, "Transfer-Encoding") is not null) await SkipChunks(stream);
            else closes = true;
        }
        if (closes || Header(head, "Connection") == "close") Reset();
        return status;
    }

    private static string? Header(string head, string name)
    {
        var at = head.IndexOf($"\r\n{name}: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        at += name.Length + 4;
        return head[at..head.IndexOf("\r\n", at, StringComparison.Ordinal)];
    }

    /// <summary>Up to the empty line; empty when the connection ended before it.</summary>
    private async Task<string> Head(NetworkStream stream)
    {
        _head.Clear();
        while (await Line(stream))
            if (_head.Length >= 4 && _head[^3] == '\n') return _head.ToString();
        return "";
    }

    /// <summary>Adds the next line, with its end.</summary>
    private async Task<bool> Line(NetworkStream stream)
    {
        while (true)
        {
            if (_from == _to && !await Fill(stream)) return false;
            var c = (char)_buffer[_from++];
            _head.Append(c);
            if (c == '\n') return true;
        }
    }

    private async Task Skip(NetworkStream stream, long count)
    {
        while (count > 0)
        {
            if (_from == _to && !await Fill(stream)) throw new IOException("The answer broke off.");
            var taken = (int)Math.Min(count, _to - _from);
            _from += taken;
            count -= taken;
        }
    }

    private async Task SkipChunks(NetworkStream stream)
    {
        while (true)
        {
            _head.Clear();
            if (!await Line(stream)) throw new IOException("The answer broke off.");
            var size = long.Parse(_head.ToString().TrimEnd(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            await Skip(stream, size + 2);
            if (size == 0) return;
        }
    }

    private async Task<bool> Fill(NetworkStream stream)
    {
        (_from, _to) = (0, await stream.ReadAsync(_buffer));
        return _to > 0;
    }

    private void Reset()
    {
        _client?.Dispose();
        _client = null;
    }
}
