using Azure.Messaging.ServiceBus;
using Club.Tests.Support;

namespace Club.Chaos.Kills;

/// <summary>
/// What comes in while hosts are killed. Whatever was not accepted, or whose answer did not come, is sent again to the next host, as
/// senders of the field do.
/// </summary>
internal sealed class Load(Random random)
{
    public static readonly IReadOnlyList<string> TimerNames = ["CareTimer", "PointsTimer", "TierTimer"];

    private const int Forms = 6;
    private readonly Lock _gate = new();
    private readonly List<Letter> _open = [];
    private readonly List<Letter> _repeatable = [];
    private readonly List<(Person Person, int Stage, Form Form)> _forms = [];
    private readonly Dictionary<Person, int> _left = [];
    private readonly HashSet<string> _accepted = [];
    private readonly List<string> _faults = [];

    public int Accepted => _accepted.Count;
    public int Redelivered { get; private set; }
    public IReadOnlyList<string> Faults => _faults;

    public bool IsDone
    {
        get
        {
            lock (_gate) return _open.Count == 0 && _left.Count == 0;
        }
    }

    public void Add(Person person)
    {
        lock (_gate)
        {
            foreach (var letter in person.Letters) _open.Insert(random.Next(_open.Count + 1), letter);
            Begin(person, 0);
        }
    }

    /// <summary>Sends until told to end, or until everything was accepted.</summary>
    public async Task Run(LocalProcess host, TimeProvider time, CancellationToken over)
    {
        using var staff = new StaffClient(host.Http, time);
        await Task.WhenAll([Letters(host.Connection, over), Timers(staff, over), Statements(staff, time, over), .. Enumerable.Range(0, Forms)
            .Select(_ => Answers(staff, over))]);
    }

    /// <summary>Everything once more, though it was accepted.</summary>
    public async Task Again(LocalProcess host, TimeProvider time, IReadOnlyList<Person> persons)
    {
        using var staff = new StaffClient(host.Http, time);
        await using var client = Client(host.Connection);
        await using var sender = client.CreateSender("transactions");
        foreach (var letters in persons.SelectMany(person => person.Letters).Chunk(100))
        {
            await sender.SendMessagesAsync(letters.Select(Message));
            Redelivered += letters.Length;
        }
        await Parallel.ForEachAsync(persons, new ParallelOptions { MaxDegreeOfParallelism = Forms }, async (person, _) =>
        {
            foreach (var form in person.Stages.SelectMany(stage => stage)) Note(person, form, await staff.Register(form.Data, form.Id));
        });
    }

    private void Begin(Person person, int stage)
    {
        if (stage == person.Stages.Count)
        {
            _left.Remove(person);
            return;
        }
        _left[person] = person.Stages[stage].Count;
        foreach (var form in person.Stages[stage]) _forms.Add((person, stage, form));
    }

    /// <summary>The month of the club's clock, which may have turned while a club lived.</summary>
    public static string MonthOf(TimeProvider time) =>
        time.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Asks for the month's statements again and again: each call sums up what has been booked since.</summary>
    private async Task Statements(StaffClient staff, TimeProvider time, CancellationToken over)
    {
        while (!over.IsCancellationRequested && !IsDone)
        {
            try
            {
                await staff.Get($"/api/settlements/{MonthOf(time)}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or System.Text.Json.JsonException)
            {
                if (over.IsCancellationRequested) return;
            }
            await Task.Delay(100, CancellationToken.None);
        }
    }

    private async Task Letters(string connection, CancellationToken over)
    {
        await using var client = Client(connection);
        await using var sender = client.CreateSender("transactions");
        while (!over.IsCancellationRequested && !IsDone)
        {
            var (first, repeated) = Take();
            try
            {
                await sender.SendMessagesAsync([.. first.Concat(repeated).Select(Message)], CancellationToken.None);
                Settle(first, repeated.Count);
            }
            catch (Exception e) when (e
                is ServiceBusException or OperationCanceledException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException or InvalidOperationException)
            {
                lock (_gate) _open.AddRange(first);
                if (over.IsCancellationRequested) return;
                await Task.Delay(50, CancellationToken.None);
            }
            if (first.Count + repeated.Count < 5) await Task.Delay(20, CancellationToken.None);
        }
    }

    private (List<Letter> First, List<Letter> Repeated) Take()
    {
        lock (_gate)
        {
            var count = Math.Min(_open.Count, random.Next(1, 60));
            var first = _open[..count];
            _open.RemoveRange(0, count);
            List<Letter> repeated = _repeatable.Count == 0 || (count > 0 && random.Next(3) > 0) ? []
                : [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => _repeatable[random.Next(_repeatable.Count)])];
            return (first, repeated);
        }
    }

    private void Settle(List<Letter> first, int repeated)
    {
        lock (_gate)
        {
            Redelivered += repeated;
            foreach (var letter in first)
            {
                _accepted.Add(letter.Id);
                if (letter.MayRepeat) _repeatable.Add(letter);
            }
        }
    }

    private async Task Answers(StaffClient staff, CancellationToken over)
    {
        while (!over.IsCancellationRequested && !IsDone)
        {
            if (Next() is not { } next)
            {
                await Task.Delay(20, CancellationToken.None);
                continue;
            }
            try
            {
                Note(next.Person, next.Form, await staff.Register(next.Form.Data, next.Form.Id));
                Answered(next.Person, next.Stage);
            }
            catch (Exception e) when (e
                is HttpRequestException or IOException or OperationCanceledException or System.Text.Json.JsonException)
            {
                lock (_gate) _forms.Add(next);
                if (!over.IsCancellationRequested) await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    private (Person Person, int Stage, Form Form)? Next()
    {
        lock (_gate)
        {
            if (_forms.Count == 0) return null;
            var next = _forms[0];
            _forms.RemoveAt(0);
            return next;
        }
    }

    private void Note(Person person, Form form, (System.Net.HttpStatusCode Status, System.Text.Json.Nodes.JsonNode Body) answer)
    {
        lock (_gate)
        {
            if ((int)answer.Status is 200 or 201)
            {
                person.Answered.Add((string)answer.Body["memberId"]!);
                person.Cards.Add((string)answer.Body["cardNumber"]!);
                return;
            }
            _faults.Add($"The form {form.Id} was answered {(int)answer.Status}: {answer.Body.ToJsonString()}");
        }
    }

    private void Answered(Person person, int stage)
    {
        lock (_gate)
            if (--_left[person] == 0) Begin(person, stage + 1);
    }

    private async Task Timers(StaffClient staff, CancellationToken over)
    {
        while (!over.IsCancellationRequested && !IsDone)
        {
            try
            {
                await staff.Post($"/admin/functions/{SomeTimer()}", System.Net.HttpStatusCode.Accepted);
            }
            catch (HttpRequestException)
            {
                // Killed.
            }
            await Task.Delay(250, CancellationToken.None);
        }
    }

    private string SomeTimer()
    {
        lock (_gate) return TimerNames[random.Next(TimerNames.Count)];
    }

    private static ServiceBusMessage Message(Letter letter) => new(letter.Body) { MessageId = $"{Events.Source}/{letter.Id}" };

    private static ServiceBusClient Client(string connection) =>
        new(connection, new ServiceBusClientOptions { RetryOptions = new() { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(5) } });
}
