using Club.Azure.Tests.Cloud;
using Xunit;

// One worker for all tests that leave it as it was; the others start their own.
[assembly: AssemblyFixture(typeof(AzureClub))]
