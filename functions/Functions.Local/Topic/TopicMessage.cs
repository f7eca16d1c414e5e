namespace Functions.Local.Topic;

/// <summary>A message as it is told to a topic. None of the first four has line breaks.</summary>
/// <param name="Session">Those of one session are handed out in their order.</param>
public sealed record TopicMessage(string Id, string Session, string Subject, string ContentType, string Body)
{
    private const char Break = '\n';

    /// <summary>As the file keeps it: the properties, a line each, before the body.</summary>
    /// <exception cref="ArgumentException">A property has a line break.</exception>
    internal string Wrapped() => (Session + Subject + ContentType).Contains(Break, StringComparison.Ordinal)
        ? throw new ArgumentException($"Message {Id} has a property with a line break.")
        : string.Join(Break, Session, Subject, ContentType, Body);

    /// <summary>Whatever the text: a damaged one is not handed out, but may be looked at.</summary>
    internal static TopicMessage Unwrap(string id, string wrapped)
    {
        var parts = wrapped.Split(Break, 4);
        return parts is [var session, var subject, var contentType, var body]
            ? new TopicMessage(id, session, subject, contentType, body)
            : new TopicMessage(id, "", "", "", wrapped);
    }
}
